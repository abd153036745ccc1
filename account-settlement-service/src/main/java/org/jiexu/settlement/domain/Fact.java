package org.jiexu.settlement.domain;

import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 事实 — what follows from a move; carried out in the move's transaction, in this order. */
public sealed interface Fact {
    /** 记账 — a posting to make. */
    record Post(Posting posting) implements Fact {}

    /** 冻结 — a reservation on the account row. */
    record Reserve(AccountKey.Personal account, Fen amount) implements Fact {}

    /** 解除冻结 — the reservation ends, the money stays. */
    record Release(AccountKey.Personal account, Fen amount) implements Fact {}

    /** 告知 — a message on the balance topic of this region. */
    record Tell(RegionCode region, EventData data) implements Fact {}

    /** 清算债务 — {@code debtor} owes {@code creditor} what was advanced; told to the province (R6.5, R7.1). */
    record RecordDebt(RemittanceNumber remittance, RegionCode debtor, RegionCode creditor, Fen amount)
            implements Fact {}

    /** 待匹配 — money waits here for its sheet: the matching clock starts. */
    record AwaitOrder() implements Fact {}

    /** 已匹配 — no money waits here any more. */
    record OrderCame() implements Fact {}
}
