package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/** 期限 — one limit of a case as last seen by its owner: due at the end of {@code dueOn} (Asia/Shanghai); {@code metAt} once met, {@code provisional} while the calendar of that year is not published. */
public record DeadlineStatusV1(
        DeadlineKind kind,
        RegionCode region,
        LocalDate dueOn,
        boolean provisional,
        @Nullable Instant metAt) {}
