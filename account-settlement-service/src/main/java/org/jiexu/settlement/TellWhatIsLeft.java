package org.jiexu.settlement;

import java.time.Duration;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.postgres.LeftBalanceStore;
import org.jiexu.settlement.postgres.LeftBalanceStore.Left;
import org.jiexu.wire.contract.AccountLeftV1;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 留存余额告知 — says to the registry what lies free on the accounts that cases have asked for, each time that it has become
 * another amount (R2.10). That it is to be said stands in the transaction of the posting; however often an account has
 * changed since, one word says how it stands now.
 */
@Component
class TellWhatIsLeft extends Worker {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int MOST = 200;

    private final LeftBalanceStore left;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    TellWhatIsLeft(
            LeftBalanceStore left,
            Outbox outbox,
            TransactionTemplate transaction,
            ServiceIdentity identity,
            BusinessClock clock) {
        super("tell-what-is-left", PAUSE);
        this.left = left;
        this.outbox = outbox;
        this.transaction = transaction;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    protected Duration round() {
        Integer said = transaction.execute(_ -> {
            var next = left.take(identity.regions(), MOST);
            next.forEach(this::say);
            return next.size();
        });
        return said != null && said == MOST ? Duration.ZERO : PAUSE;
    }

    private void say(Left one) {
        outbox.append(Event.participation(
                identity.source(one.region()),
                one.region(),
                one.person().value(),
                new AccountLeftV1(
                        one.person(),
                        one.region(),
                        one.amount(),
                        one.change(),
                        one.why(),
                        one.chosen(),
                        clock.instant(),
                        one.ground(),
                        one.number())));
    }
}
