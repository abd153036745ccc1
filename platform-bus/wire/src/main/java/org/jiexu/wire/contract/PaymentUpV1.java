package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 上解 — a region has paid its outgoing total of the quarter up to the centre (R7.3).
 *
 * @param reference the bank's number of the payment
 */
public record PaymentUpV1(
        RegionCode region,
        String quarter,
        Fen amount,
        Instant paidAt,
        @Nullable String reference) implements EventData {}
