package org.jiexu.bus.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jiexu.bus.time.DeadlineStore.Deadline;
import org.jiexu.bus.time.DeadlineView.Revision;
import org.jiexu.bus.time.Moments.Moment;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Works open limits out anew when the region's calendar says something else than the one they stand on (R4.3). Each row
 * names its calendar, so nothing is forgotten when the process stops half-way.
 */
final class DeadlineRevision {
    private static final int BATCH = 500;

    private final DeadlineStore store;
    private final TransactionOperations transactions;
    private final BusinessClock clock;
    private final SortedSet<RegionCode> regions;
    private final Function<RegionCode, WorkingDays> calendars;
    private final Map<RegionCode, String> upToDate = new ConcurrentHashMap<>();

    DeadlineRevision(
            DeadlineStore store,
            TransactionOperations transactions,
            BusinessClock clock,
            SortedSet<RegionCode> regions,
            Function<RegionCode, WorkingDays> calendars) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.regions = regions;
        this.calendars = calendars;
    }

    void revise() {
        for (RegionCode region : regions) {
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
        List<Deadline> rows = store.lockOutdated(region, calendar.version(), BATCH);
        Instant now = clock.instant();
        store.saveRevised(rows.stream().map(row -> revised(row, calendar, now)).toList());
        return rows.size();
    }

    private static Deadline revised(Deadline row, WorkingDays calendar, Instant now) {
        Term term = calendar.term(row.startedAt(), row.term().workingDays());
        var promisedOn = calendar.term(row.startedAt(), row.promisedDays()).dueOn();
        var revisions = new ArrayList<>(row.revisions());
        if (!term.dueOn().equals(row.term().dueOn())
                || term.provisional() != row.term().provisional()) {
            revisions.add(new Revision(row.term().dueOn(), row.term().provisional(), now));
        }
        // What was said stays said: only the step that is next, and those after it, get a new moment.
        Optional<Moment> next = row.next()
                .flatMap(moment -> Moments.of(promisedOn, term.dueOn(), row.warnings(), calendar)
                        .of(moment.step()));
        return new Deadline(
                row.id(),
                row.caseKey(),
                row.kind(),
                row.region(),
                row.startedAt(),
                row.promisedDays(),
                promisedOn,
                term,
                calendar.version(),
                row.warnings(),
                row.status(),
                row.endedAt(),
                row.missedAt(),
                next,
                List.copyOf(revisions));
    }
}
