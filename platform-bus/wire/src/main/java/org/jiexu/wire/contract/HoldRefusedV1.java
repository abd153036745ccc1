package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.CodedReason;

/** 无法冻结 — the balance cannot be held now, and why. */
public record HoldRefusedV1(int attempt, CodedReason reason) implements EventData {}
