package org.jiexu.settlement;

import java.util.List;
import java.util.stream.IntStream;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 余额导入 — the sandbox's sample data, all of a batch or nothing; a batch sent again is done once. Outside the sandbox no
 * caller gets here: balances come by two persons ({@link PrepareBalances}).
 */
@Component
public class ImportBalances {
    private static final int TRIES = 5;

    private final TransactionTemplate transaction;
    private final LedgerStore ledger;
    private final HandStore hands;
    private final JoinAccounts joinAccounts;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public record Item(PersonId person, Fen amount, boolean frozen) {}

    public record Result(String batch, int posted, int alreadyDone) {}

    private enum Done {
        POSTED,
        ALREADY
    }

    ImportBalances(
            TransactionTemplate transaction,
            LedgerStore ledger,
            HandStore hands,
            JoinAccounts joinAccounts,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.ledger = ledger;
        this.hands = hands;
        this.joinAccounts = joinAccounts;
        this.identity = identity;
        this.clock = clock;
    }

    public Result run(RegionCode region, String batch, List<Item> items, String by) {
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> all(region, batch, items, by));
            } catch (PessimisticLockingFailureException e) {
                // A batch and a running transfer may wait for each other; PostgreSQL ends one of them, which tries
                // again.
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Result all(RegionCode region, String batch, List<Item> items, String by) {
        var done = IntStream.range(0, items.size())
                .mapToObj(i -> one(region, batch, i + 1, items.get(i), by))
                .toList();
        int posted = (int) done.stream().filter(d -> d == Done.POSTED).count();
        return new Result(batch, posted, done.size() - posted);
    }

    private Done one(RegionCode region, String batch, int line, Item item, String by) {
        var account = new AccountKey.Personal(region, item.person());
        var done = item.amount().isPositive()
                ? post(Posting.contribute(batch, line, region, item.person(), item.amount()), line)
                : ledger.open(account) ? Done.POSTED : Done.ALREADY;
        if (item.frozen() && done == Done.POSTED) {
            ledger.stop(
                    new AccountKey.Personal(region, joinAccounts.now(region, item.person())),
                    new Stop(Stop.Kind.FROZEN, batch),
                    batch,
                    by,
                    clock.instant());
        }
        return done;
    }

    private Done post(Posting posting, int line) {
        return switch (ledger.post(posting, clock.instant())) {
            case Ledger.Answer.Posted _ -> {
                hands.write(posting, Hands.ofSandbox());
                joinAccounts.follow(posting);
                requireStatable(posting, line);
                yield Done.POSTED;
            }
            case Ledger.Answer.Exists _ -> Done.ALREADY;
            case Ledger.Answer.ExistsWithOtherContent _ ->
                throw Problem.conflict("BATCH_DIFFERS", "该批次的同一行曾以不同内容导入。").with("line", line);
            case Ledger.Answer.Refused(var kind, var refusal) ->
                throw new IllegalStateException("a credit was refused: " + kind + " " + refusal);
        };
    }

    /** The account as it stands with everything before and the line: a case could hold no more than a sheet can state. */
    private void requireStatable(Posting posting, int line) {
        for (var each : posting.lines()) {
            if (each.account() instanceof AccountKey.Personal(var region, var person)) {
                var account = new AccountKey.Personal(region, joinAccounts.now(region, person));
                if (ledger.account(account)
                        .filter(after -> !after.canBeStated())
                        .isPresent()) {
                    throw new Problem(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "BALANCE_BEYOND_SHEET",
                                    "导入后该账户余额将超过信息表可载明的最大金额，整批未导入，请核对金额。")
                            .with("line", line);
                }
            }
        }
    }
}
