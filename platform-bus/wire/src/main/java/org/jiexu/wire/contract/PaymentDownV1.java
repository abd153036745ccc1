package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 下拨 — the centre has paid a region's incoming total of the quarter down to it (R7.3).
 *
 * @param reference the bank's number of the payment
 */
public record PaymentDownV1(
        RegionCode region,
        String quarter,
        Fen amount,
        Instant paidAt,
        @Nullable String reference) implements EventData {}
