package org.jiexu.settlement.clearing;

import java.time.Instant;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 季末关口 — what makes a statement final (docs/adr/0008). A crediting transaction first takes part in the region's lock
 * and only then reads the clock; the statement takes the lock alone. So a debt is either committed before the statement
 * counts, or it reads its moment when the statement stands, and belongs to a later quarter.
 */
@Component
public class TurnOfTheQuarter {
    private final DebtStore debts;
    private final BusinessClock clock;

    TurnOfTheQuarter(DebtStore debts, BusinessClock clock) {
        this.debts = debts;
        this.clock = clock;
    }

    /** The moment at which this transaction books what it advances; it holds until the commit. */
    public Instant bookingMoment(RegionCode region) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an advance is credited inside a transaction");
        }
        debts.crediting(region);
        var now = clock.instant();
        // Two machines' clocks differ: what another one has stated is over for this one too.
        return debts.lastStated(region).map(Quarter::end).filter(now::isBefore).orElse(now);
    }
}
