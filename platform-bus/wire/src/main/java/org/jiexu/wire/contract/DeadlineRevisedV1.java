package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;

/** 重算 — an open limit has been worked out anew by another calendar (R4.3): how it stands now, and what it was before. */
public record DeadlineRevisedV1(DeadlineStatusV1 limit, LocalDate before, boolean wasProvisional, Instant at)
        implements EventData {}
