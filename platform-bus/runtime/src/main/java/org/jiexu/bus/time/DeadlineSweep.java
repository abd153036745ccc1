package org.jiexu.bus.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.Moments.Moment;
import org.jiexu.bus.time.Step.Escalate;
import org.jiexu.bus.time.Step.Overdue;
import org.jiexu.bus.time.Step.Warn;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Says what is due about deadlines, each once (R4.7): rows whose moment has come are moved to their next moment in the
 * transaction that appends the events. Where several instances share a database, one at a time says things: two limits of
 * one case would else be numbered alike.
 */
public final class DeadlineSweep {
    private static final int BATCH = 1_000;

    private final DeadlineStore store;
    private final DeadlineRevision revision;
    private final TransactionOperations transactions;
    private final BusinessClock clock;
    private final ServiceIdentity identity;
    private final Function<RegionCode, WorkingDays> calendars;
    private final Consumer<Event> outbox;
    private final CrashPoints crashPoints;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Instant sweptThrough;

    DeadlineSweep(
            DeadlineStore store,
            DeadlineRevision revision,
            TransactionOperations transactions,
            BusinessClock clock,
            ServiceIdentity identity,
            Function<RegionCode, WorkingDays> calendars,
            Consumer<Event> outbox,
            CrashPoints crashPoints) {
        this.store = store;
        this.revision = revision;
        this.transactions = transactions;
        this.clock = clock;
        this.identity = identity;
        this.calendars = calendars;
        this.outbox = outbox;
        this.crashPoints = crashPoints;
    }

    /** Sweeps until nothing is due and tells how many rows moved; nothing before the sandbox clock is set. */
    public int sweepDue() {
        if (!clock.isSet()) {
            return 0;
        }
        oneAtATime.lock();
        try {
            revision.revise();
            return sweepUntil(clock.instant());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Sweeps at once on a thread of its own: the clock has moved, or the service has come up. */
    public void sweepNow() {
        Thread.ofVirtual().name("deadline-sweep").start(this::sweepDue);
    }

    /** The business time up to which everything due has been said; empty before the first sweep. */
    public Optional<Instant> sweptThrough() {
        return Optional.ofNullable(sweptThrough);
    }

    private int sweepUntil(Instant now) {
        int moved = 0;
        while (store.isAnyDue(identity.regions(), now)) {
            int batch = sweepBatch(now);
            if (batch == 0) {
                // Another instance is sweeping, or a move holds what is left: the next look shows.
                return moved;
            }
            moved += batch;
        }
        sweptThrough = now;
        return moved;
    }

    private int sweepBatch(Instant now) {
        Integer moved = transactions.execute(_ -> {
            if (!store.isMyTurn()) {
                return 0;
            }
            List<Deadline> due = store.lockDue(identity.regions(), now, BATCH);
            var said = new ArrayList<Deadline>(due.size());
            due.forEach(row -> said.add(sayDue(row, now)));
            store.saveSaid(said);
            crashPoints.hit("deadline.before-commit");
            return due.size();
        });
        crashPoints.hit("deadline.after-commit");
        return moved == null ? 0 : moved;
    }

    /** Says every step whose moment has passed, in order, and gives the row its next one. */
    private Deadline sayDue(Deadline due, Instant now) {
        Instant until = due.runsUntil(now);
        Moments moments = due.plan().moments(calendars.apply(due.region()), due.pauses());
        Deadline row = due;
        Optional<Moment> next = due.next();
        while (next.isPresent() && !next.get().at().isAfter(until)) {
            Moment moment = next.get();
            outbox.accept(Event.deadline(identity.source(row.region()), row.caseKey(), said(row, moment)));
            row = row.after(moment);
            next = moments.after(moment.step());
        }
        // A moment that lies behind the end of the duty will never come.
        return row.next(due.endedAt() == null ? next : Optional.empty());
    }

    private static EventData said(Deadline row, Moment moment) {
        return switch (moment.step()) {
            case Warn(int left) ->
                new DeadlineWarnedV1(row.kind(), row.region(), row.plan().promisedOn(), left, moment.at());
            case Overdue() ->
                new DeadlineMissedV1(row.kind(), row.region(), row.term().dueOn(), moment.at());
            case Escalate() ->
                new DeadlineEscalatedV1(
                        row.kind(),
                        row.region(),
                        row.region().province(),
                        row.term().dueOn(),
                        moment.at());
        };
    }
}
