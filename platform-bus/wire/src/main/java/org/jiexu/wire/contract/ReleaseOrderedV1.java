package org.jiexu.wire.contract;

import java.time.Instant;

/** 解除冻结 — the case ended before money moved. */
public record ReleaseOrderedV1(Instant orderedAt) implements EventData {}
