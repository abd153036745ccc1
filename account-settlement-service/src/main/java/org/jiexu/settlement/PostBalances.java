package org.jiexu.settlement;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.postgres.BalanceBatchStore;
import org.jiexu.settlement.postgres.BalanceBatchStore.Batch;
import org.jiexu.settlement.postgres.BalanceBatchStore.BatchLine;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 余额批次记账 — posts approved batches, a page in one transaction, so that running transfers hardly wait. A line and its
 * outcome are written together: after a kill the next round goes on with what has none.
 */
@Component
public class PostBalances extends Worker {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAGE = 50;
    private static final String BEYOND_SHEET = "BALANCE_BEYOND_SHEET";

    private final BalanceBatchStore batches;
    private final LedgerStore ledger;
    private final HandStore hands;
    private final JoinAccounts joinAccounts;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final TransactionTemplate transaction;
    private final TransactionTemplate eachLine;

    PostBalances(
            BalanceBatchStore batches,
            LedgerStore ledger,
            HandStore hands,
            JoinAccounts joinAccounts,
            BusinessClock clock,
            CrashPoints crashPoints,
            PlatformTransactionManager transactions) {
        super("post-balances", PAUSE);
        this.batches = batches;
        this.ledger = ledger;
        this.hands = hands;
        this.joinAccounts = joinAccounts;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.transaction = new TransactionTemplate(transactions);
        this.eachLine = new TransactionTemplate(transactions);
        eachLine.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    protected Duration round() {
        while (!isStopping() && Objects.requireNonNull(transaction.execute(_ -> page()))) {
            crashPoints.hit("settlement.after-batch-page");
        }
        return PAUSE;
    }

    /** Posts one page; false when nothing is left to post. */
    private boolean page() {
        var next = batches.lockNextToPost();
        next.ifPresent(batch -> {
            // In the order of persons, so that two pages never wait for each other.
            batches.waiting(batch, PAGE).stream()
                    .sorted(Comparator.comparing(
                                    (BatchLine line) -> line.person().value())
                            .thenComparing(BatchLine::line))
                    .forEach(line -> batches.done(batch, line.line(), post(batch, line)));
            if (batches.count(batch, "WAITING") == 0) {
                batches.finish(batch, clock.instant());
            }
        });
        return next.isPresent();
    }

    /** Why the line could not be posted, which leaves nothing behind; null when it has been. */
    private @Nullable String post(Batch batch, BatchLine line) {
        return eachLine.execute(status -> {
            var refusal = attempt(batch, line);
            if (refusal != null) {
                status.setRollbackOnly();
            }
            return refusal;
        });
    }

    private @Nullable String attempt(Batch batch, BatchLine line) {
        var person = line.amount().isPositive() ? line.person() : joinAccounts.now(batch.region(), line.person());
        var posting = Posting.contribute(batch.name(), line.line(), batch.region(), person, line.amount());
        return switch (ledger.post(posting, clock.instant())) {
            case Ledger.Answer.Posted _ -> {
                hands.write(posting, new Hands(Hands.Act.IMPORT, batch.preparedBy(), approver(batch)));
                joinAccounts.follow(posting);
                yield canBeStated(batch.region(), line.person()) ? null : BEYOND_SHEET;
            }
            case Ledger.Answer.Exists _, Ledger.Answer.ExistsWithOtherContent _ -> "POSTED_BEFORE";
            case Ledger.Answer.Refused(var _, var refusal) -> refusal.name();
        };
    }

    /** The account as it stands with the line: a case could hold no more than a sheet can state. */
    private boolean canBeStated(RegionCode region, PersonId person) {
        return ledger.account(new AccountKey.Personal(region, joinAccounts.now(region, person)))
                .filter(after -> !after.canBeStated())
                .isEmpty();
    }

    private static String approver(Batch batch) {
        return Objects.requireNonNull(batch.decidedBy());
    }
}
