package org.jiexu.bus.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<RegionCode, String> upToDate = new ConcurrentHashMap<>();

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

    void revise() {
        for (RegionCode region : identity.regions()) {
            WorkingDays calendar = calendars.apply(region);
            if (!calendar.version().equals(upToDate.get(region)) && reviseAll(region, calendar)) {
                upToDate.put(region, calendar.version());
            }
        }
    }

    /** False while another transaction holds a row that is still to be done. */
    private boolean reviseAll(RegionCode region, WorkingDays calendar) {
        while (store.isAnyOutdated(region, calendar.version())) {
            Integer revised = transactions.execute(_ -> reviseBatch(region, calendar));
            if (revised == null || revised == 0) {
                return false;
            }
        }
        return true;
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
