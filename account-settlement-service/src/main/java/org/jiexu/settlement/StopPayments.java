package org.jiexu.settlement;

import java.util.List;
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
    private final JoinAccounts joinAccounts;
    private final Parking parking;
    private final BusinessClock clock;

    StopPayments(
            TransactionTemplate transaction,
            LedgerStore ledger,
            CaseStore cases,
            JoinAccounts joinAccounts,
            Parking parking,
            BusinessClock clock) {
        this.transaction = transaction;
        this.ledger = ledger;
        this.cases = cases;
        this.joinAccounts = joinAccounts;
        this.parking = parking;
        this.clock = clock;
    }

    public void freeze(AccountKey.Personal account, Stop stop, Caller by) {
        transaction.executeWithoutResult(status -> {
            if (!ledger.stop(now(account), stop, stop.note(), by.subject(), clock.instant())) {
                throw Problem.notFound();
            }
        });
    }

    public void unfreeze(AccountKey.Personal asked, String reason, Caller by) {
        transaction.executeWithoutResult(status -> {
            var account = now(asked);
            // Cases before accounts, as every message locks them.
            var kept = cases.lockKept(account);
            if (!ledger.stop(account, null, reason, by.subject(), clock.instant())) {
                throw Problem.notFound();
            }
            kept.forEach(number -> parking.offerAgain(number.value()));
            joinAccounts.freed(account.ledger(), List.of(account.person()));
        });
    }

    /** The account of a merged record goes on as the kept one's. */
    private AccountKey.Personal now(AccountKey.Personal account) {
        return new AccountKey.Personal(account.ledger(), joinAccounts.now(account.ledger(), account.person()));
    }
}
