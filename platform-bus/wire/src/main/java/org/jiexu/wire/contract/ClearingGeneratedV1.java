package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/**
 * 清算平衡表 — a quarter's table is generated and locked (R7.2, R7.4); the regions pay up until the end of {@code payUpBy}.
 *
 * @param digest SM3 of the table's exact bytes, hexadecimal
 * @param pairs the table's matrix, from which each region sees what it owes to whom
 */
public record ClearingGeneratedV1(
        String quarter,
        String digest,
        int debts,
        Fen total,
        Instant generatedAt,
        LocalDate payUpBy,
        @Nullable List<ClearingPairV1> pairs)
        implements EventData {}
