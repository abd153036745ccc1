package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 季度申报 — a creditor region will book nothing more into that quarter: so many debts, so much money. The centre generates
 * only what agrees with it.
 *
 * @param quarter e.g. {@code 2026Q3}
 */
public record QuarterStatedV1(RegionCode region, String quarter, int debts, Fen amount, Instant statedAt)
        implements EventData {}
