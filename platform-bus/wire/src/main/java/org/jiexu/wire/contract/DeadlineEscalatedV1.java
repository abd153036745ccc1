package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.RegionCode;

/** 升级督办 — a limit has been overdue for so long that the province looks into it; the duty remains (R4.7). */
public record DeadlineEscalatedV1(DeadlineKind kind, RegionCode region, String province, LocalDate dueOn, Instant at)
        implements EventData {}
