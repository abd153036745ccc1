package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 到账冲正 — the money that was credited for a case has been taken back from the account (R7.6). */
public record Reversal(RemittanceNumber remittance, Fen amount, String ground, Instant at) {
    /** The ground in the clerk's own words, and what the person can do. */
    public CodedReason reason() {
        return new CodedReason("MONEY_TAKEN_BACK", ground, "资金退还转出地个人账户后可以再次申请转移，有疑问请向转入地经办机构查询");
    }

    /** As papers and the progress show it. */
    public CasePaper.TakenBack onPaper() {
        return new CasePaper.TakenBack(amount, at, ground);
    }

    /** What the person reads of it in one sentence. */
    public String words() {
        return "到账的个人账户资金" + amount + "元已冲正，退还转出地，原因：" + ground;
    }
}
