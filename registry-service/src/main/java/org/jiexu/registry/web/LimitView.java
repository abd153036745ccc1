package org.jiexu.registry.web;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.registry.domain.LimitWords;
import org.jiexu.registry.domain.Stage;
import org.jiexu.registry.postgres.LimitListStore.Row;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 期限 as staff see it.
 *
 * @param workingDaysLeft 0 on the last day, negative when it is over; null for a limit that has ended
 */
record LimitView(
        CaseNumber number,
        DeadlineKind kind,
        String kindWords,
        RegionCode region,
        String regionName,
        @Nullable LocalDate startedOn,
        @Nullable Integer workingDays,
        LocalDate dueOn,
        @Nullable LocalDate promisedOn,
        @Nullable Integer workingDaysLeft,
        boolean provisional,
        @Nullable Instant pausedSince,
        @Nullable String pauseReason,
        @Nullable Instant warnedAt,
        @Nullable Instant missedAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant metAt,
        @Nullable Instant cancelledAt,
        boolean open,
        @Nullable String step,
        @Nullable String stepWords,
        @Nullable PublicStatus status,
        @Nullable RegionCode holder,
        @Nullable String waitingOn) {

    static LimitView of(Row row, String regionName, int workingDaysLeft) {
        var step = row.step();
        return new LimitView(
                row.number(),
                row.kind(),
                LimitWords.of(row.kind()),
                row.region(),
                regionName,
                row.startedOn(),
                row.workingDays(),
                row.dueOn(),
                row.promisedOn(),
                row.open() ? workingDaysLeft : null,
                row.provisional(),
                row.pausedSince(),
                row.pauseReason(),
                row.warnedAt(),
                row.missedAt(),
                row.escalatedAt(),
                row.metAt(),
                row.cancelledAt(),
                row.open(),
                step,
                step == null ? null : Stage.words(step),
                row.status(),
                row.holder(),
                row.open()
                        ? LimitWords.waitingOn(row.kind(), regionName, row.pauseReason(), row.pausedSince() != null)
                        : null);
    }
}
