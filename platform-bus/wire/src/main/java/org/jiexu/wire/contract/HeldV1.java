package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;

/** 已冻结 — the balance that the sheet will state; 0.00 when there is nothing to move. */
public record HeldV1(int attempt, Fen amount) implements EventData {}
