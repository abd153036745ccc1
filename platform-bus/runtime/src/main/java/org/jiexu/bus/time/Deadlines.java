package org.jiexu.bus.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jiexu.bus.time.DeadlineStore.Deadline;
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
    private final BusinessClock clock;
    private final Function<RegionCode, WorkingDays> calendars;
    private final Function<RegionCode, List<Integer>> warnings;
    private final ProvisionalAlarm alarm;

    Deadlines(
            DeadlineStore store,
            BusinessClock clock,
            Function<RegionCode, WorkingDays> calendars,
            Function<RegionCode, List<Integer>> warnings,
            ProvisionalAlarm alarm) {
        this.store = store;
        this.clock = clock;
        this.calendars = calendars;
        this.warnings = warnings;
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
        Optional<Deadline> open = store.lockOpen(caseKey, kind);
        if (open.isPresent()) {
            if (isSameStart(open.get(), region, startedAt, limit, promised)) {
                return open.get().term();
            }
            end(open.get(), Status.CANCELLED, clock.instant());
        }
        WorkingDays calendar = calendars.apply(region);
        Deadline row = workedOut(caseKey, kind, region, startedAt, limit, promised, calendar);
        store.insert(row);
        alarm.started(row.term());
        return row.term();
    }

    /** The duty was done at that moment. Without such an open limit nothing happens. */
    public void met(String caseKey, DeadlineKind kind, Instant at) {
        requireTransaction();
        store.lockOpen(caseKey, kind).ifPresent(open -> end(open, Status.MET, at.truncatedTo(ChronoUnit.MICROS)));
    }

    /** The duty ended without being done: withdrawn, declined, returned. */
    public void cancel(String caseKey, DeadlineKind kind) {
        requireTransaction();
        store.lockOpen(caseKey, kind).ifPresent(open -> end(open, Status.CANCELLED, clock.instant()));
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
        Term term = calendar.term(startedAt, limit);
        var promisedOn = calendar.term(startedAt, promised).dueOn();
        List<Integer> warned = warnings.apply(region);
        return new Deadline(
                Deadline.NEW,
                caseKey,
                kind,
                region,
                startedAt,
                promised,
                promisedOn,
                term,
                calendar.version(),
                warned,
                Status.OPEN,
                null,
                null,
                Moments.of(promisedOn, term.dueOn(), warned, calendar).firstAfter(startedAt),
                List.of());
    }

    private void end(Deadline open, Status status, Instant at) {
        // What had come to pass before the end is still said, though late (R4.7); what lies after it never is.
        Deadline ended = open.next(open.next().filter(moment -> !moment.at().isAfter(at)));
        store.end(at.isBefore(open.term().endsAt()) ? ended : ended.missed(), status, at);
    }

    private static boolean isSameStart(Deadline open, RegionCode region, Instant startedAt, int limit, int promised) {
        return open.region().equals(region)
                && open.startedAt().equals(startedAt)
                && open.term().workingDays() == limit
                && open.promisedDays() == promised;
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a deadline changes inside the transaction of the move that changes it");
        }
    }
}
