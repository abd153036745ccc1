package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/** 上解 — a region has paid its outgoing total of the quarter up to the centre (R7.3). */
public record PaymentUpV1(RegionCode region, String quarter, Fen amount, Instant paidAt) implements EventData {}
