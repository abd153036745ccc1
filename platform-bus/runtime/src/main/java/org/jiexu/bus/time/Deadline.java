package org.jiexu.bus.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.bus.time.DeadlineView.Revision;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.bus.time.Moments.Moment;
import org.jiexu.bus.time.Step.Escalate;
import org.jiexu.bus.time.Step.Overdue;
import org.jiexu.bus.time.Step.Warn;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a case, as its row keeps it. {@code calendar} names the calendar that the plan stands on; {@code next} is
 * empty when nothing is left to say.
 */
record Deadline(
        long id,
        String caseKey,
        DeadlineKind kind,
        RegionCode region,
        Instant startedAt,
        Plan plan,
        String calendar,
        Status status,
        @Nullable Instant endedAt,
        @Nullable Instant missedAt,
        @Nullable Instant escalatedAt,
        Optional<Moment> next,
        List<Pause> pauses,
        List<Revision> revisions) {

    static final long NEW = 0;

    Deadline {
        pauses = List.copyOf(pauses);
        revisions = List.copyOf(revisions);
    }

    Term term() {
        return plan.term();
    }

    /** The pause that lasts, the earliest of several. */
    @Nullable
    Pause pause() {
        return Pause.firstOpen(pauses);
    }

    boolean hasPause(String pause) {
        return pauses.stream().anyMatch(each -> each.id().equals(pause));
    }

    /** Up to when its moments come: the end of the duty, or the moment from which the clock stands still. */
    Instant runsUntil(Instant now) {
        Pause pause = pause();
        return Stream.of(
                        Optional.ofNullable(endedAt), Optional.ofNullable(pause).map(Pause::from))
                .flatMap(Optional::stream)
                .filter(now::isAfter)
                .min(Instant::compareTo)
                .orElse(now);
    }

    /** What had come to pass before is still said; the rest waits until the clock runs again. */
    boolean waits(Moment moment) {
        Pause pause = pause();
        return pause != null && moment.at().isAfter(pause.from());
    }

    Deadline next(Optional<Moment> moment) {
        return new Deadline(
                id,
                caseKey,
                kind,
                region,
                startedAt,
                plan,
                calendar,
                status,
                endedAt,
                missedAt,
                escalatedAt,
                moment,
                pauses,
                revisions);
    }

    Deadline missed() {
        return new Deadline(
                id,
                caseKey,
                kind,
                region,
                startedAt,
                plan,
                calendar,
                status,
                endedAt,
                term().endsAt(),
                escalatedAt,
                next,
                pauses,
                revisions);
    }

    /** Said: what the row remembers of it. */
    Deadline after(Moment said) {
        return switch (said.step()) {
            case Warn _ -> this;
            case Overdue() -> missed();
            case Escalate() ->
                new Deadline(
                        id, caseKey, kind, region, startedAt, plan, calendar, status, endedAt, missedAt, said.at(),
                        next, pauses, revisions);
        };
    }

    Deadline paused(Pause pause, WorkingDays days) {
        var more = Stream.concat(pauses.stream(), Stream.of(pause)).toList();
        Instant from = pause.from();
        return plannedAnew(days, more, revisions, moment -> !moment.at().isAfter(from));
    }

    Deadline resumed(String pause, Instant at, WorkingDays days) {
        Instant stoodStillSince = Optional.ofNullable(pause()).map(Pause::from).orElse(at);
        var now = pauses.stream()
                .map(each -> each.id().equals(pause) && each.isOpen() ? each.endedAt(at) : each)
                .toList();
        return plannedAnew(days, now, revisions, moment -> !moment.at().isAfter(stoodStillSince));
    }

    /** What was said stays said: only the step that is next, and those after it, get a new moment. */
    Deadline revised(WorkingDays days, Instant at) {
        Plan now = plan.again(days, startedAt, pauses);
        boolean changed =
                !now.term().dueOn().equals(term().dueOn()) || now.term().provisional() != term().provisional();
        var more = changed
                ? Stream.concat(revisions.stream(), Stream.of(new Revision(term().dueOn(), term().provisional(), at)))
                        .toList()
                : revisions;
        return plannedAnew(days, pauses, more, _ -> false);
    }

    /** With the moments that {@code stays} as they were. */
    private Deadline plannedAnew(
            WorkingDays days, List<Pause> newPauses, List<Revision> newRevisions, Predicate<Moment> stays) {
        Plan now = plan.again(days, startedAt, newPauses);
        Moments moments = now.moments(days, newPauses);
        Optional<Moment> moment = next.isPresent()
                ? next.filter(stays).or(() -> next.flatMap(was -> moments.of(was.step())))
                // Overdue by a version that did not escalate yet.
                : missedAt != null && escalatedAt == null ? moments.of(new Escalate()) : Optional.empty();
        return new Deadline(
                id,
                caseKey,
                kind,
                region,
                startedAt,
                now,
                days.version(),
                status,
                endedAt,
                missedAt,
                escalatedAt,
                moment,
                newPauses,
                newRevisions);
    }

    DeadlineView view() {
        return new DeadlineView(
                kind,
                region,
                startedAt,
                term().startedOn(),
                term().dueOn(),
                plan.promisedOn(),
                term().workingDays(),
                term().provisional(),
                status,
                missedAt != null,
                escalatedAt,
                status == Status.MET ? endedAt : null,
                status == Status.CANCELLED ? endedAt : null,
                term().days(),
                pauses,
                revisions);
    }
}
