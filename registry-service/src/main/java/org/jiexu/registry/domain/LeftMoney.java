package org.jiexu.registry.domain;

import org.jiexu.wire.vocabulary.Fen;

/**
 * 留存余额 — what lies on an account that a case has asked for, as its region told last; 0.00 where it told nothing.
 *
 * @param chosen the person said that it stays (R2.10)
 */
public record LeftMoney(Fen amount, boolean chosen) {
    public static final LeftMoney NONE = new LeftMoney(Fen.ZERO, false);
}
