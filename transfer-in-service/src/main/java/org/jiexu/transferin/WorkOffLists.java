package org.jiexu.transferin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.postgres.ListStore;
import org.jiexu.transferin.postgres.ListStore.Due;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 办理名单 — applies for every line of every list, some at a time, in the same way as for one person. Several instances
 * share the work. A line's number is stored before it is applied for, so a line that is taken up again after a cut is the
 * same application.
 */
@Component
public class WorkOffLists extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(WorkOffLists.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration REGISTRY_AWAY = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int ROUNDS_AHEAD = 4;

    private final TransactionTemplate transaction;
    private final ListStore lists;
    private final Apply apply;
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final int atOnce;
    private final Duration lease;

    public WorkOffLists(
            TransactionTemplate transaction,
            ListStore lists,
            Apply apply,
            ServiceIdentity identity,
            BusinessClock clock,
            CrashPoints crashPoints,
            // Fewer than the connections of the pool: people at the door come first.
            @Value("${jiexu.transfer-in.lists.at-once:6}") int atOnce,
            @Value("${jiexu.transfer-in.lists.lease:30s}") Duration lease) {
        super("work-off-lists", PAUSE);
        this.transaction = transaction;
        this.lists = lists;
        this.apply = apply;
        this.identity = identity;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.atOnce = atOnce;
        this.lease = lease;
    }

    /** Lines under way are finished before a stop, the others of the round are given back. */
    @Override
    protected Duration round() throws InterruptedException {
        var due = claim();
        if (due.isEmpty()) {
            return PAUSE;
        }
        return workOff(due) ? Duration.ZERO : REGISTRY_AWAY;
    }

    private List<Due> claim() {
        return Objects.requireNonNull(transaction.execute(status -> {
            var due = lists.claim(identity.regions(), lease, atOnce * ROUNDS_AHEAD);
            due.stream()
                    .filter(line -> line.number() == null)
                    .forEach(line -> lists.find(line.batch())
                            .ifPresent(
                                    list -> lists.number(line.batch(), line.line(), apply.drawNumber(list.region()))));
            return due;
        }));
    }

    /** False when the registry could not be reached. */
    private boolean workOff(List<Due> due) throws InterruptedException {
        crashPoints.hit("transfer-in.list-lines-claimed");
        var free = new Semaphore(atOnce);
        var reached = new AtomicBoolean(true);
        for (var line : due) {
            free.acquire();
            if (isStopping() || !reached.get()) {
                lists.putBack(line.batch(), line.line(), Duration.ZERO);
                free.release();
                continue;
            }
            Thread.ofVirtual().start(() -> {
                try {
                    if (!applyFor(line)) {
                        reached.set(false);
                    }
                } finally {
                    free.release();
                }
            });
        }
        free.acquire(atOnce);
        return reached.get();
    }

    /** False when the application is kept, undecided, because the registry could not be reached (R2.7). */
    private boolean applyFor(Due due) {
        try {
            var claimed = lists.claimed(due, clock.instant());
            if (claimed.isEmpty()) {
                return true;
            }
            var line = claimed.get();
            var file =
                    apply.takeUp(line.number(), line.application(), line.list().applicant());
            crashPoints.hit("transfer-in.list-line-applied");
            lists.applied(due.batch(), due.line());
            return file.isEmpty() || !(file.get().state() instanceof State.Submitted);
        } catch (RuntimeException e) {
            LOG.error(
                    "line {} of list {} is tried again: {}",
                    due.line(),
                    due.batch(),
                    e.getClass().getSimpleName());
            lists.putBack(due.batch(), due.line(), wait(due.tries()));
            return true;
        }
    }

    private static Duration wait(int tries) {
        var doubled = Duration.ofSeconds(1L << Math.min(tries, 8));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
}
