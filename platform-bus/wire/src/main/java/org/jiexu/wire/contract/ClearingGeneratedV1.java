package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 清算平衡表 — a quarter's table is generated and locked (R7.2, R7.4); the regions pay up until the end of {@code payUpBy}.
 *
 * @param digest SM3 of the table's exact bytes, hexadecimal
 */
public record ClearingGeneratedV1(
        String quarter, String digest, int debts, Fen total, Instant generatedAt, LocalDate payUpBy)
        implements EventData {}
