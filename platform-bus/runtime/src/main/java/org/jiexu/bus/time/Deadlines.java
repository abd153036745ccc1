package org.jiexu.bus.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 办理时限 — starts, meets and cancels the limits of a case. Every change happens in the transaction of the move that causes
 * it; warnings and misses are said by {@link DeadlineSweep}.
 */
public final class Deadlines {
    private final DeadlineStore store;
    private final PauseStore pauses;
    private final BusinessClock clock;
    private final Function<RegionCode, WorkingDays> calendars;
    private final Function<RegionCode, List<Integer>> warnings;
    private final ToIntFunction<RegionCode> escalation;
    private final ProvisionalAlarm alarm;

    Deadlines(
            DeadlineStore store,
            PauseStore pauses,
            BusinessClock clock,
            Function<RegionCode, WorkingDays> calendars,
            Function<RegionCode, List<Integer>> warnings,
            ToIntFunction<RegionCode> escalation,
            ProvisionalAlarm alarm) {
        this.store = store;
        this.pauses = pauses;
        this.clock = clock;
        this.calendars = calendars;
        this.warnings = warnings;
        this.escalation = escalation;
        this.alarm = alarm;
    }

    /**
     * Starts a limit. {@code workingDays} is what the region allows itself: where the law sets a limit, a shorter number is
     * the region's promise and only moves the warnings (R4.4). The same start again changes nothing; another start of an
     * open limit replaces it.
     *
     * @return the legal term, which alone decides overdue
     */
    public Term start(String caseKey, DeadlineKind kind, RegionCode region, Instant from, int workingDays) {
        requireTransaction();
        Instant startedAt = from.truncatedTo(ChronoUnit.MICROS);
        int limit = TimeLimits.national(kind).orElse(workingDays);
        // 43号 Art. 15: a region may be faster than the national limit, never slower.
        int promised = Math.min(workingDays, limit);
        WorkingDays calendar = calendars.apply(region);
        Deadline row = workedOut(caseKey, kind, region, startedAt, limit, promised, calendar);
        // Mostly nothing is open and no clock stands still: only if it is not so, it is looked at.
        if (store.insertUnlessPaused(row)) {
            alarm.started(row.term());
            return row.term();
        }
        for (Pause pause : pauses.open(caseKey, kind)) {
            row = row.paused(pause, calendar);
        }
        while (!store.insert(row)) {
            Optional<Deadline> open = store.lockOpen(caseKey, kind);
            if (open.isPresent()) {
                if (isSameStart(open.get(), region, startedAt, limit, promised)) {
                    return open.get().term();
                }
                end(open.get(), Status.CANCELLED, clock.instant());
            }
        }
        alarm.started(row.term());
        return row.term();
    }

    /** The duty was done at that moment. Without such an open limit nothing happens. */
    public void met(String caseKey, DeadlineKind kind, Instant at) {
        requireTransaction();
        end(caseKey, kind, Status.MET, at.truncatedTo(ChronoUnit.MICROS));
    }

    /** The duty ended without being done: withdrawn, declined, returned. */
    public void cancel(String caseKey, DeadlineKind kind) {
        requireTransaction();
        end(caseKey, kind, Status.CANCELLED, clock.instant());
    }

    /**
     * R4.6: from that moment the clock of these limits stands still, for something that is asked of the applicant; also of
     * those that begin while it lasts.
     *
     * @return false when the case has that pause; then nothing changes
     */
    public boolean pause(String caseKey, Set<DeadlineKind> kinds, Pause pause) {
        requireTransaction();
        if (!pauses.insert(caseKey, kinds, pause)) {
            return false;
        }
        store.savePlanned(store.lockOpen(caseKey).stream()
                .filter(open -> kinds.contains(open.kind()))
                .map(open -> open.paused(pause, calendars.apply(open.region())))
                .toList());
        return true;
    }

    /**
     * The clock runs again; what is left of the limits runs from the next day (R4.6).
     *
     * @return false when no such pause lasts; then nothing changes
     */
    public boolean resume(String caseKey, String pause, Instant at) {
        requireTransaction();
        Instant until = at.truncatedTo(ChronoUnit.MICROS);
        if (!pauses.end(caseKey, pause, until)) {
            return false;
        }
        store.savePlanned(store.lockOpen(caseKey).stream()
                .filter(open -> open.hasPause(pause))
                .map(open -> open.resumed(pause, until, calendars.apply(open.region())))
                .toList());
        return true;
    }

    /** What was asked of the applicant of that case, in the order of asking. */
    public List<Pause> pauses(String caseKey) {
        return pauses.of(caseKey);
    }

    /** Every limit that the case has or had here, in the order of their start. */
    public List<DeadlineView> of(String caseKey) {
        return store.of(caseKey).stream().map(Deadline::view).toList();
    }

    private Deadline workedOut(
            String caseKey,
            DeadlineKind kind,
            RegionCode region,
            Instant startedAt,
            int limit,
            int promised,
            WorkingDays calendar) {
        Plan plan = Plan.of(
                calendar, startedAt, limit, promised, warnings.apply(region), escalation.applyAsInt(region), List.of());
        return new Deadline(
                Deadline.NEW,
                caseKey,
                kind,
                region,
                startedAt,
                plan,
                calendar.version(),
                Status.OPEN,
                null,
                null,
                null,
                plan.moments(calendar, List.of()).firstAfter(startedAt),
                List.of(),
                List.of());
    }

    /** Mostly in time, so that nothing need be read. */
    private void end(String caseKey, DeadlineKind kind, Status status, Instant at) {
        if (!store.endInTime(caseKey, kind, status, at)) {
            store.lockOpen(caseKey, kind).ifPresent(open -> end(open, status, at));
        }
    }

    private void end(Deadline row, Status status, Instant at) {
        Deadline open = running(row, at);
        // What had come to pass before the end is still said, though late (R4.7); what lies after it never is.
        Deadline ended = open.next(open.next().filter(moment -> !moment.at().isAfter(at)));
        store.end(at.isBefore(open.term().endsAt()) ? ended : ended.missed(), status, at);
    }

    /** A duty that ends while its clock stands still ends the pause. */
    private Deadline running(Deadline row, Instant at) {
        Deadline open = row;
        for (Pause pause : row.pauses()) {
            open = pause.isOpen() ? open.resumed(pause.id(), at, calendars.apply(open.region())) : open;
        }
        if (!open.equals(row)) {
            store.savePlanned(List.of(open));
        }
        return open;
    }

    private static boolean isSameStart(Deadline open, RegionCode region, Instant startedAt, int limit, int promised) {
        return open.region().equals(region)
                && open.startedAt().equals(startedAt)
                && open.term().workingDays() == limit
                && open.plan().promisedDays() == promised;
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a deadline changes inside the transaction of the move that changes it");
        }
    }
}
