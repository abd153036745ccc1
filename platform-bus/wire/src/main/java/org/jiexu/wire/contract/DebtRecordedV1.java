package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 清算债务 — the receiving region has advanced {@code amount} to a person; {@code debtor} owes it to {@code creditor}. It
 * counts in the quarter of {@code bookedAt}, Asia/Shanghai (R7.1).
 *
 * @param debt unique over the province: the remittance number, or the correction's own number
 * @param corrects 冲正: the debt that a closed table holds and this one takes back, with a negative amount (R7.4)
 * @param ground why it is taken back, told to the person (R7.6); no part of the debt
 */
public record DebtRecordedV1(
        String debt,
        RemittanceNumber remittance,
        RegionCode debtor,
        RegionCode creditor,
        Fen amount,
        Instant bookedAt,
        @Nullable String corrects,
        @Nullable String ground)
        implements EventData {
    /** An advance, or a correction as the books keep it. */
    public DebtRecordedV1(
            String debt,
            RemittanceNumber remittance,
            RegionCode debtor,
            RegionCode creditor,
            Fen amount,
            Instant bookedAt,
            @Nullable String corrects) {
        this(debt, remittance, debtor, creditor, amount, bookedAt, corrects, null);
    }

    /** As the books keep it. */
    public DebtRecordedV1 withoutGround() {
        return new DebtRecordedV1(debt, remittance, debtor, creditor, amount, bookedAt, corrects);
    }

    public DebtRecordedV1 because(String why) {
        return new DebtRecordedV1(debt, remittance, debtor, creditor, amount, bookedAt, corrects, why);
    }
}
