package org.jiexu.transferin.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/** 输入 — what can happen to a case: the columns of the table, and the check before acceptance. */
public sealed interface Input {
    /** 核验通过 — both sides' checks passed and the relationship is reserved (R2.2). */
    record FoundAcceptable(Instant at) implements Input {}

    /** 核验不通过. */
    record FoundUnacceptable() implements Input {}

    /** 可以联办 — everything that fails can be mended on-line, and the applicant wished it (R2.8). */
    record FoundWaiting() implements Input {}

    /** 材料不全 — nothing else stands against it (R2.3). */
    record PapersMissing() implements Input {}

    /** 材料补齐. */
    record PapersComplete() implements Input {}

    /** 信息表 issued by the old region; {@code digest} is the SM3 of its exact text. */
    record Issued(int version, String digest, Fen amount, Instant issuedAt) implements Input {}

    /** 撤回 — the old region confirms that the case is withdrawn. */
    record WithdrawnThere() implements Input {}

    /** 不予办理 — the old region cannot transfer. */
    record DeclinedThere(boolean moneySent) implements Input {}

    /** 资金已划出. */
    record Remitted(RemittanceNumber remittance) implements Input {}

    /** 资金到账 — our settlement has credited the person. */
    record Credited(RemittanceNumber remittance, Fen amount) implements Input {}

    /** 资金挂账. */
    record Suspended(RemittanceNumber remittance, SuspenseReason reason) implements Input {}

    /** 到账冲正 — our settlement has taken back what it had credited (R7.6). */
    record TakenBack(RemittanceNumber remittance, Fen amount) implements Input {}

    /** 申请人撤回; from an old region on paper nobody else decides it (R3.7). */
    record ApplicantWithdraws(Instant at, boolean onPaper) implements Input {}

    /**
     * 核对通过, by a clerk who looked at that version or by policy.
     *
     * @param yearRunsUntil the case may not complete before that later day (R1.3)
     */
    record Confirm(int version, Instant at, @Nullable LocalDate yearRunsUntil) implements Input {}

    /** 年度结束 — a day has begun on which old coverage years may have ended (R1.3). */
    record YearEnded(LocalDate today) implements Input {}

    /** 退回, for correction (R3.3) or for good (R3.9). */
    record Return(int version, List<CodedReason> reasons, boolean isFinal) implements Input {}
}
