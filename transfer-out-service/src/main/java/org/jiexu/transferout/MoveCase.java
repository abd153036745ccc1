package org.jiexu.transferout;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.transferout.domain.Fact.SheetIssued;
import org.jiexu.transferout.domain.Outcome.Moved;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.postgres.SheetStore;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.sheet.SealedSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes one move: state, sheet, tasks, deadlines and events, all in the caller's transaction. */
@Component
class MoveCase {
    private final CaseStore cases;
    private final SheetStore sheets;
    private final TaskStore tasks;
    private final Deadlines deadlines;
    private final Policies policies;
    private final Announce announce;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final SheetBell bell;

    MoveCase(
            CaseStore cases,
            SheetStore sheets,
            TaskStore tasks,
            Deadlines deadlines,
            Policies policies,
            Announce announce,
            Outbox outbox,
            BusinessClock clock,
            CrashPoints crashPoints,
            SheetBell bell) {
        this.cases = cases;
        this.sheets = sheets;
        this.tasks = tasks;
        this.deadlines = deadlines;
        this.policies = policies;
        this.announce = announce;
        this.outbox = outbox;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.bell = bell;
    }

    /** What led to a move: the time from which limits run, and the event that it answers, none for a move of our own. */
    record Cause(Instant at, @Nullable String eventId) {}

    Cause ownCause() {
        return new Cause(clock.instant(), null);
    }

    /** The first move of a number; false when the number or the relationship is taken, and nothing was written. */
    boolean begin(OutgoingCase unknown, Moved moved, Cause cause) {
        if (!cases.insert(unknown, moved.next(), clock.instant())) {
            return false;
        }
        tell(unknown, moved, null, cause);
        return true;
    }

    /** Any later move. */
    void go(OutgoingCase before, Moved moved, Cause cause) {
        go(before, moved, null, cause);
    }

    /** A move that issues a sheet takes the sealed sheet along. */
    void go(OutgoingCase before, Moved moved, @Nullable SealedSheet sheet, Cause cause) {
        cases.save(before, moved.next(), clock.instant());
        tell(before, moved, sheet, cause);
    }

    private void tell(OutgoingCase before, Moved moved, @Nullable SealedSheet sheet, Cause cause) {
        var now = clock.instant();
        changeTasks(before, moved.next(), now);
        runAgain(before, moved.next(), now);
        changeDeadlines(before, moved.next(), cause, now);
        for (var fact : moved.facts()) {
            if (fact instanceof SheetIssued issued && sheet != null) {
                sheets.insert(before.number(), issued, sheet, now);
            }
            announce.events(before, fact, sheet).forEach(event -> outbox.append(event.causedBy(cause.eventId())));
        }
        switch (moved.next()) {
            case State.Holding _ -> crashPoints.hit("transfer-out.after-hold-requested");
            case State.Held _ -> ringAfterCommit();
            case State.Completed _ -> crashPoints.hit("transfer-out.before-complete-commit");
            case State.NoCase _,
                    State.HoldRefused _,
                    State.Issued _,
                    State.Returned _,
                    State.Withdrawn _,
                    State.Declined _ -> {}
        }
    }

    /** R4.6: whoever goes on with the case waits for the applicant no more. */
    private void runAgain(OutgoingCase before, State next, Instant now) {
        switch (next) {
            case State.Issued _, State.Completed _, State.Withdrawn _, State.Declined _ -> {
                for (var pause : deadlines.pauses(before.number().value())) {
                    if (deadlines.resume(before.number().value(), pause.id(), now)) {
                        outbox.append(announce.runsAgain(before, pause.id(), now));
                    }
                }
            }
            case State.NoCase _, State.Holding _, State.HoldRefused _, State.Held _, State.Returned _ -> {}
        }
    }

    private void changeTasks(OutgoingCase before, State next, Instant now) {
        var wanted = Task.of(next);
        var ended = EnumSet.copyOf(Task.of(before.state()));
        ended.removeAll(wanted);
        if (!ended.isEmpty()) {
            tasks.close(before.number(), ended, now);
        }
        wanted.forEach(task -> tasks.open(before.number(), before.sending(), task, now));
    }

    private void changeDeadlines(OutgoingCase before, State next, Cause cause, Instant now) {
        var key = before.number().value();
        var region = before.sending();
        switch (next) {
            case State.Holding _ -> {
                if (before.state() instanceof State.NoCase) {
                    // 43号 Art. 8: ten working days from acceptance; the region may promise less (R4.4).
                    deadlines.start(
                            key,
                            DeadlineKind.ISSUE,
                            region,
                            before.known().acceptedAt(),
                            policies.number(Policies.ISSUE_WORKING_DAYS, region));
                }
            }
            case State.Issued s -> {
                if (before.state() instanceof State.Held) {
                    deadlines.met(key, DeadlineKind.ISSUE, now);
                } else if (before.state() instanceof State.Returned) {
                    deadlines.met(key, DeadlineKind.CORRECT, now);
                }
            }
            case State.Returned _ -> {
                if (before.state() instanceof State.Issued) {
                    // R4.6: the correction period, by policy.
                    deadlines.start(
                            key,
                            DeadlineKind.CORRECT,
                            region,
                            cause.at(),
                            policies.number(Policies.CORRECT_WORKING_DAYS, region));
                }
            }
            case State.Withdrawn _, State.Declined _ ->
                List.of(DeadlineKind.ISSUE, DeadlineKind.CORRECT).forEach(kind -> deadlines.cancel(key, kind));
            case State.NoCase _, State.HoldRefused _, State.Held _, State.Completed _ -> {}
        }
    }

    private void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                bell.ring();
            }
        });
    }
}
