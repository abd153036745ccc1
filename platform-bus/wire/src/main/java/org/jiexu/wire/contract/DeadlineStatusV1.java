package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 期限 — one limit of a case as last seen by its owner: due at the end of {@code dueOn} (Asia/Shanghai); {@code metAt} once
 * met, {@code provisional} while the calendar of that year is not published.
 *
 * @param startedOn the day of the event that started it; not counted
 * @param promisedOn the day that the region promises inside the limit; the same day where it promises nothing shorter
 * @param pausedSince while the clock stands still for something asked of the applicant (R4.6), with its reason
 * @param cancelledAt once the duty has ended without being done: withdrawn, declined, returned
 */
public record DeadlineStatusV1(
        DeadlineKind kind,
        RegionCode region,
        LocalDate dueOn,
        boolean provisional,
        @Nullable Instant metAt,
        @Nullable LocalDate startedOn,
        @Nullable Integer workingDays,
        @Nullable LocalDate promisedOn,
        @Nullable Instant pausedSince,
        @Nullable String pauseReason,
        @Nullable Instant cancelledAt) {
    /** Told by who knows no more than the due day. */
    public DeadlineStatusV1(
            DeadlineKind kind, RegionCode region, LocalDate dueOn, boolean provisional, @Nullable Instant metAt) {
        this(kind, region, dueOn, provisional, metAt, null, null, null, null, null, null);
    }
}
