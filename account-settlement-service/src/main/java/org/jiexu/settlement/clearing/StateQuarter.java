package org.jiexu.settlement.clearing;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 季度申报 — once a quarter is over the region says what it has advanced in it, and can book nothing more into it. */
@Component
class StateQuarter {
    private final DebtStore debts;
    private final Clearers clearers;
    private final ServiceIdentity identity;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;
    /** The next quarter to state, so that a sweep with nothing to do asks nobody. */
    private final Map<RegionCode, Quarter> next = new ConcurrentHashMap<>();

    StateQuarter(
            DebtStore debts,
            Clearers clearers,
            ServiceIdentity identity,
            Outbox outbox,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.debts = debts;
        this.clearers = clearers;
        this.identity = identity;
        this.outbox = outbox;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Every quarter that is over and not stated, the oldest first. */
    void allDue(RegionCode region) {
        while (next.computeIfAbsent(region, code -> next(code, clock.instant())).isOverAt(clock.instant())) {
            next.remove(region);
            transaction.executeWithoutResult(_ -> stateNext(region));
        }
    }

    private void stateNext(RegionCode region) {
        debts.stating(region);
        // Only now: who credited before has committed, who credits later reads the clock after this commit.
        var now = clock.instant();
        var quarter = next(region, now);
        if (!quarter.isOverAt(now)) {
            return;
        }
        var posted = debts.postedIn(region, quarter);
        if (!posted.equals(debts.bookedIn(region, quarter))) {
            throw new IllegalStateException(
                    "the ledger of " + region + " and its register of debts differ for " + quarter);
        }
        var stated = new QuarterStatedV1(region, quarter.toString(), posted.debts(), posted.amount(), now);
        debts.state(stated);
        // All statements of a region in one line: the centre hears them in the order of their quarters.
        outbox.append(Event.clearing(identity.source(region), clearers.provinceOf(region), region.value(), stated));
    }

    /** House rule: a region that joins begins with the quarter before, which its province may be waiting for. */
    private Quarter next(RegionCode region, Instant now) {
        return debts.lastStated(region).map(Quarter::next).orElseGet(() -> {
            var before = Quarter.of(now).previous();
            return debts.firstBooked(region)
                    .filter(booked -> booked.compareTo(before) < 0)
                    .orElse(before);
        });
    }
}
