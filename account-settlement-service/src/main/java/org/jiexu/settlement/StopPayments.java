package org.jiexu.settlement;

import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 止付与解除 — nothing leaves a stopped account; what was held for a transfer before still does, and what was kept
 * for the person waits until the stop ends. */
@Component
public class StopPayments {
    private final TransactionTemplate transaction;
    private final LedgerStore ledger;
    private final CaseStore cases;
    private final Parking parking;
    private final BusinessClock clock;

    StopPayments(
            TransactionTemplate transaction,
            LedgerStore ledger,
            CaseStore cases,
            Parking parking,
            BusinessClock clock) {
        this.transaction = transaction;
        this.ledger = ledger;
        this.cases = cases;
        this.parking = parking;
        this.clock = clock;
    }

    public void freeze(AccountKey.Personal account, Stop stop, Caller by) {
        transaction.executeWithoutResult(status -> {
            if (!ledger.stop(account, stop, stop.note(), by.subject(), clock.instant())) {
                throw Problem.notFound();
            }
        });
    }

    public void unfreeze(AccountKey.Personal account, String reason, Caller by) {
        transaction.executeWithoutResult(status -> {
            // Cases before accounts, as every message locks them.
            var kept = cases.lockKept(account);
            if (!ledger.stop(account, null, reason, by.subject(), clock.instant())) {
                throw Problem.notFound();
            }
            kept.forEach(number -> parking.offerAgain(number.value()));
        });
    }
}
