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
 */
public record DebtRecordedV1(
        String debt,
        RemittanceNumber remittance,
        RegionCode debtor,
        RegionCode creditor,
        Fen amount,
        Instant bookedAt,
        @Nullable String corrects)
        implements EventData {}
