package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;

/** 已提取 — the amount was paid out to the person and has left the personal account. */
public record PaidOutV1(Fen amount) implements EventData {}
