package org.jiexu.wire.contract;

/** 不应入账 — nothing is to be credited for this case. */
public record NotDueV1(NotDueReason reason) implements EventData {}
