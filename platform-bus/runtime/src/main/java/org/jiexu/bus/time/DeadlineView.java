package org.jiexu.bus.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 期限 — one limit of a case as its owner sees it: due at the end of {@code dueOn}, promised for {@code promisedOn} (the same
 * day where the region promised nothing shorter). {@code missed} stays true when the duty was met late.
 */
public record DeadlineView(
        DeadlineKind kind,
        RegionCode region,
        Instant startedAt,
        LocalDate startedOn,
        LocalDate dueOn,
        LocalDate promisedOn,
        int workingDays,
        boolean provisional,
        Status status,
        boolean missed,
        @Nullable Instant escalatedAt,
        @Nullable Instant metAt,
        @Nullable Instant cancelledAt,
        List<ExplainedDay> days,
        List<Pause> pauses,
        List<Revision> revisions) {

    public enum Status {
        OPEN,
        MET,
        CANCELLED
    }

    /** 重算 — what an earlier calendar had given, until when (R4.3). */
    public record Revision(LocalDate dueOn, boolean provisional, Instant until) {}

    public DeadlineView {
        days = List.copyOf(days);
        pauses = List.copyOf(pauses);
        revisions = List.copyOf(revisions);
    }

    public Term term() {
        return new Term(startedOn, dueOn, workingDays, provisional, days);
    }

    /** Why that day, and what earlier calendars had given, in sentences for people (R4.3, R4.8). */
    public List<String> explanation() {
        return Explanation.of(this);
    }

    /** The pause that lasts (R4.6). */
    public @Nullable Pause pause() {
        return Pause.firstOpen(pauses);
    }

    /** As told to the registry. */
    public DeadlineStatusV1 onTheWire() {
        Pause pause = status == Status.OPEN ? pause() : null;
        return new DeadlineStatusV1(
                kind,
                region,
                dueOn,
                provisional,
                metAt,
                startedOn,
                workingDays,
                promisedOn,
                pause == null ? null : pause.from(),
                pause == null ? null : pause.reason(),
                cancelledAt);
    }
}
