package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/** 下拨 — the centre has paid a region's incoming total of the quarter down to it (R7.3). */
public record PaymentDownV1(RegionCode region, String quarter, Fen amount, Instant paidAt) implements EventData {}
