package org.jiexu.bus.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Works open limits out anew when the region's calendar says something else than the one they stand on (R4.3). Each row
 * names its calendar, so nothing is forgotten when the process stops half-way. What changes for people is told, in the
 * turn of the sweep, which counts what is said of limits.
 */
final class DeadlineRevision {
    private static final int BATCH = 500;

    private final DeadlineStore store;
    private final TransactionOperations transactions;
    private final BusinessClock clock;
    private final ServiceIdentity identity;
    private final Function<RegionCode, WorkingDays> calendars;
    private final Consumer<Event> outbox;

    DeadlineRevision(
            DeadlineStore store,
            TransactionOperations transactions,
            BusinessClock clock,
            ServiceIdentity identity,
            Function<RegionCode, WorkingDays> calendars,
            Consumer<Event> outbox) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.identity = identity;
        this.calendars = calendars;
        this.outbox = outbox;
    }

    /**
     * Asks the rows each time, one look at the index per region, and remembers nothing: a limit that was being written while
     * the calendar changed, here or by another instance, is found once it is there.
     */
    void revise() {
        var now = new LinkedHashMap<RegionCode, String>();
        identity.regions()
                .forEach(region -> now.put(region, calendars.apply(region).version()));
        if (!now.isEmpty()) {
            store.outdated(now).forEach(this::reviseAll);
        }
    }

    /** Until none is left, or another transaction holds one that is still to be done: then the next round finds it. */
    private void reviseAll(RegionCode region) {
        WorkingDays calendar = calendars.apply(region);
        Integer revised = BATCH;
        while (revised != null && revised == BATCH) {
            revised = transactions.execute(_ -> reviseBatch(region, calendar));
        }
    }

    private int reviseBatch(RegionCode region, WorkingDays calendar) {
        if (!store.isMyTurn()) {
            return 0;
        }
        Instant now = clock.instant();
        var revised = new ArrayList<Deadline>();
        for (Deadline row : store.lockOutdated(region, calendar.version(), BATCH)) {
            Deadline next = row.revised(calendar, now);
            revised.add(next);
            if (next.revisions().size() > row.revisions().size()) {
                tell(row, next, now);
            }
        }
        store.savePlanned(revised);
        return revised.size();
    }

    private void tell(Deadline before, Deadline now, Instant at) {
        outbox.accept(Event.deadline(
                identity.source(now.region()),
                now.caseKey(),
                new DeadlineRevisedV1(
                        now.view().onTheWire(),
                        before.term().dueOn(),
                        before.term().provisional(),
                        at)));
    }
}
