package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.RegionCode;

/** 逾期 — a limit has passed unmet; the duty remains (R4.4). */
public record DeadlineMissedV1(DeadlineKind kind, RegionCode region, LocalDate dueOn, Instant at)
        implements EventData {}
