package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.RegionCode;

/** 预警 — a limit comes near: working days left, counting today. */
public record DeadlineWarnedV1(DeadlineKind kind, RegionCode region, LocalDate dueOn, int workingDaysLeft, Instant at)
        implements EventData {}
