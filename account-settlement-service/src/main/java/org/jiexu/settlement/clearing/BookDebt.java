package org.jiexu.settlement.clearing;

import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.settlement.postgres.DebtStore;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 登记债权 — in the transaction of the credit: the debt is kept and told to the province (R6.5, R7.1). */
@Component
public class BookDebt {
    private final DebtStore debts;
    private final Clearers clearers;
    private final ServiceIdentity identity;
    private final Outbox outbox;

    BookDebt(DebtStore debts, Clearers clearers, ServiceIdentity identity, Outbox outbox) {
        this.debts = debts;
        this.clearers = clearers;
        this.identity = identity;
        this.outbox = outbox;
    }

    /** {@code bookedAt} comes from {@link TurnOfTheQuarter}; {@code cause} is the message that made it so, if one did. */
    public void book(DebtRecordedV1 debt, @Nullable String cause) {
        debts.book(debt);
        outbox.append(Event.clearing(
                        identity.source(debt.creditor()), clearers.provinceOf(debt.creditor()), debt.debt(), debt)
                .causedBy(cause));
    }
}
