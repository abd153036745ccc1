package org.jiexu.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.AccountKind;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Ledger.Answer;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.settlement.postgres.LedgerViews.RemittanceMoney;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

class LedgerStoreTest {
    private static final RegionCode A = new RegionCode("370800");
    private static final RegionCode B = new RegionCode("430100");
    private static final PersonId PERSON = new PersonId("P000000000001");
    private static final RemittanceNumber RN = new RemittanceNumber(CaseNumber.random(B, 2026, new Random(1)), 1);
    private static final AccountKey.Personal OLD = new AccountKey.Personal(A, PERSON);
    private static final AccountKey.Personal NEW = new AccountKey.Personal(B, PERSON);
    private static final Instant NOW = Instant.parse("2026-09-14T01:00:00Z");
    private static final Fen HUNDRED = Fen.parse("100.00");

    private TestDatabase database;
    private LedgerStore store;
    private HandStore hands;
    private LedgerViews views;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        store = new LedgerStore(database.jdbc);
        hands = new HandStore(database.jdbc);
        views = new LedgerViews(database.jdbc);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRemittanceIsInOnePlaceAtATimeAndBothLedgersSumToZero() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));
        hold(HUNDRED);

        assertThat(post(Posting.remit(Route.TRANSIT, RN, A, B, PERSON, HUNDRED)))
                .isInstanceOf(Answer.Posted.class);
        assertThat(views.remittances(A, "", 10)).containsExactly(money("-100.00", "0.00", "100.00", "0.00", "0.00"));

        post(Posting.arrive(Route.TRANSIT, RN, A, B, HUNDRED));
        assertThat(views.remittances(B, "", 10)).containsExactly(money("0.00", "100.00", "-100.00", "0.00", "0.00"));

        post(Posting.credit(RN, A, B, PERSON, HUNDRED));
        assertThat(views.remittances(B, "", 10)).containsExactly(money("100.00", "0.00", "-100.00", "0.00", "0.00"));
        assertThat(views.remittances(B, RN.toString(), 10)).isEmpty();
        assertThat(store.account(OLD)).contains(Account.opened(OLD));
        assertThat(store.account(NEW)).contains(new Account(NEW, HUNDRED, Fen.ZERO, null));
        assertThat(List.of(views.totals(A).sum(), views.totals(B).sum())).containsOnly(Fen.ZERO);
        assertThat(views.totals(A).byKind())
                .containsEntry(AccountKind.FUND, HUNDRED.negated())
                .containsEntry(AccountKind.TRANSIT, HUNDRED);
        assertThat(views.latest(OLD)).extracting(LedgerViews.Entry::amount).containsExactly(HUNDRED.negated(), HUNDRED);
    }

    @Test
    void whatIsAdvancedStandsAsADebtAndNotOnTheWire() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));
        hold(HUNDRED);

        post(Posting.remit(Route.CLEARING, RN, A, B, PERSON, HUNDRED));
        post(Posting.arrive(Route.CLEARING, RN, A, B, HUNDRED));
        post(Posting.credit(RN, A, B, PERSON, HUNDRED));

        assertThat(views.remittances(A, "", 10)).containsExactly(money("-100.00", "0.00", "0.00", "100.00", "0.00"));
        assertThat(views.remittances(B, "", 10)).containsExactly(money("100.00", "0.00", "0.00", "-100.00", "0.00"));
        assertThat(store.account(new AccountKey.Clearing(A, A, B)))
                .map(Account::balance)
                .contains(HUNDRED);
        assertThat(store.account(new AccountKey.Clearing(B, A, B)))
                .map(Account::balance)
                .contains(HUNDRED.negated());
        assertThat(List.of(views.totals(A).sum(), views.totals(B).sum())).containsOnly(Fen.ZERO);
    }

    @Test
    void whatIsPaidOutLeavesTheAccountAndCannotBeTakenFromNothing() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));
        hold(HUNDRED);

        assertThat(post(Posting.payOut(RN.caseNumber(), A, PERSON, HUNDRED))).isInstanceOf(Answer.Posted.class);

        assertThat(store.account(OLD)).contains(Account.opened(OLD));
        assertThat(views.totals(A).byKind()).containsEntry(AccountKind.PAID_OUT, HUNDRED);
        assertThat(views.totals(A).sum()).isEqualTo(Fen.ZERO);
        assertThatThrownBy(() -> database.jdbc
                        .sql("update account set balance = -1 where kind = 'PAID_OUT'")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aPostingDoneTwiceIsDoneOnceAndAnotherUnderItsKeyIsAConflict() {
        var posting = Posting.contribute("opening", 1, A, PERSON, HUNDRED);

        assertThat(post(posting)).isInstanceOf(Answer.Posted.class);
        assertThat(post(posting)).isEqualTo(new Answer.Exists());
        assertThat(post(Posting.contribute("opening", 1, A, PERSON, Fen.parse("100.01"))))
                .isEqualTo(new Answer.ExistsWithOtherContent());

        assertThat(store.posting(A, "import:opening:1")).contains(posting);
        assertThat(store.account(OLD)).map(Account::balance).contains(HUNDRED);
    }

    @Test
    void aReversalNamesTheOldPostingAndIsDoneOnce() {
        var posting = Posting.contribute("opening", 1, A, PERSON, HUNDRED);
        post(posting);

        assertThat(post(posting.reversal())).isInstanceOf(Answer.Posted.class);
        assertThat(post(posting.reversal())).isEqualTo(new Answer.Exists());

        assertThat(store.posting(A, "reverse:import:opening:1"))
                .map(Posting::reverses)
                .contains("import:opening:1");
        assertThat(store.account(OLD)).map(Account::balance).contains(Fen.ZERO);
    }

    @Test
    void aRefusedPostingLeavesNothing() {
        post(Posting.contribute("opening", 1, A, PERSON, Fen.parse("99.99")));

        assertThat(post(Posting.remit(Route.TRANSIT, RN, A, B, PERSON, HUNDRED)))
                .isEqualTo(new Answer.Refused(AccountKind.PERSONAL, Account.Refusal.INSUFFICIENT));

        assertThat(database.number("select count(*) from posting")).isEqualTo(1);
    }

    @Test
    void aStopIsKeptWithWhoSaidIt() {
        assertThat(stop(new Stop(Stop.Kind.FROZEN, "court"))).isFalse();
        assertThat(openAccount()).isTrue();
        assertThat(openAccount()).isFalse();

        assertThat(stop(new Stop(Stop.Kind.FROZEN, "court"))).isTrue();
        assertThat(store.account(OLD)).map(Account::stop).contains(new Stop(Stop.Kind.FROZEN, "court"));

        stop(null);
        assertThat(store.account(OLD)).contains(Account.opened(OLD));
        assertThat(database.number("select count(*) from account_stop where said_by = 'clerk'"))
                .isEqualTo(2);
    }

    @Test
    void aHoldNeverReservesMoreThanThereIs() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));
        hold(HUNDRED);

        assertThatThrownBy(() -> hold(Fen.of(1))).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> database.transaction.executeWithoutResult(s -> store.hold(NEW, Fen.of(1))))
                .isInstanceOf(IllegalStateException.class);
        hold(HUNDRED.negated());
        assertThat(store.account(OLD)).map(Account::held).contains(Fen.ZERO);
    }

    @Test
    void postingsCannotBeChangedOrTakenBack() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));

        for (var table : List.of("posting", "posting_line")) {
            for (var sql : List.of("update %s set region = '000000'", "delete from %s", "truncate %s cascade")) {
                assertThatThrownBy(() -> database.jdbc.sql(sql.formatted(table)).update())
                        .as(sql)
                        .hasStackTraceContaining("append-only");
            }
        }
    }

    @Test
    void theTablesRefuseAnUnbalancedPostingAndOneOverTwoLedgers() {
        post(Posting.contribute("opening", 1, A, PERSON, HUNDRED));
        database.transaction.executeWithoutResult(s -> store.open(NEW));
        database.jdbc
                .sql("insert into posting (region, business_key, made_at) values ('370800', 'hand', now())")
                .update();

        assertThatThrownBy(() -> byHand("values (1, -100), (2, 99)", "a.region = p.region"))
                .isInstanceOf(UncategorizedSQLException.class)
                .hasStackTraceContaining("sum to 0");
        assertThatThrownBy(() -> byHand("values (1, -100), (2, 100)", "a.region = '430100'"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    @Tag("R11.2")
    void manyThreadsOfPostingsLeaveEverySumAtZero() throws Exception {
        int threads = 6;
        int each = 60;
        var deadlocks = new AtomicInteger();
        var work = new ArrayList<Callable<Integer>>();
        for (int t = 0; t < threads; t++) {
            int seed = t;
            work.add(() -> randomPostings(seed, each, deadlocks));
        }

        int posted = 0;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var done : pool.invokeAll(work)) {
                posted += done.get();
            }
        }

        assertThat(posted).isGreaterThan(threads * each / 2);
        assertThat(database.number("select count(*) from posting")).isEqualTo(posted);
        assertThat(List.of(views.totals(A).sum(), views.totals(B).sum())).containsOnly(Fen.ZERO);
        assertThat(database.number("""
            select count(*) from account a
             where balance <> (select coalesce(sum(amount), 0) from posting_line where account = a.id)
            """)).isZero();
    }

    /** Transactions of three postings each over few accounts, in any order: the way in which batches meet. */
    private int randomPostings(int seed, int count, AtomicInteger deadlocks) {
        var random = new Random(seed);
        int posted = 0;
        for (int i = 0; i < count; i += 3) {
            var postings = List.of(random(random, seed, i), random(random, seed, i + 1), random(random, seed, i + 2));
            for (boolean done = false; !done; ) {
                try {
                    posted += database.transaction.execute(status -> {
                        int count3 = 0;
                        for (var posting : postings) {
                            if (store.post(posting, NOW) instanceof Answer.Posted) {
                                hands.write(posting, Hands.ofSandbox());
                                count3++;
                            } else {
                                status.setRollbackOnly();
                                return 0;
                            }
                        }
                        return count3;
                    });
                    done = true;
                } catch (PessimisticLockingFailureException e) {
                    deadlocks.incrementAndGet();
                }
            }
        }
        return posted;
    }

    private static Posting random(Random random, int seed, int i) {
        var region = random.nextBoolean() ? A : B;
        var person = new PersonId("P00000000000" + random.nextInt(5));
        var amount = Fen.of(1 + random.nextInt(1000));
        var in = Posting.contribute("t" + seed, i, region, person, amount);
        if (random.nextInt(5) > 0) {
            return in;
        }
        var lines = in.reversal().lines();
        return new Posting("out:" + in.key(), region, lines, Fen.ZERO, null, null);
    }

    private Answer post(Posting posting) {
        return database.transaction.execute(status -> {
            var answer = store.post(posting, NOW);
            if (answer instanceof Answer.Refused) {
                status.setRollbackOnly();
            }
            hands.write(posting, Hands.ofSandbox());
            return answer;
        });
    }

    private void hold(Fen change) {
        database.transaction.executeWithoutResult(status -> {
            store.lock(OLD);
            store.hold(OLD, change);
        });
    }

    private boolean openAccount() {
        return database.transaction.execute(s -> store.open(OLD));
    }

    private boolean stop(@Nullable Stop stop) {
        return database.transaction.execute(s -> store.stop(OLD, stop, "why", "clerk", NOW));
    }

    private void byHand(String lines, String accounts) {
        database.jdbc.sql("""
            insert into posting_line (posting, line, region, account, amount)
            select p.id, l.line, p.region, a.id, l.amount
              from posting p, (%s) as l (line, amount), account a
             where p.business_key = 'hand' and %s and a.kind = 'PERSONAL'
            """.formatted(lines, accounts)).update();
    }

    private static RemittanceMoney money(String... amounts) {
        var fen = Arrays.stream(amounts).map(Fen::parse).toList();
        return new RemittanceMoney(RN.toString(), fen.get(0), fen.get(1), fen.get(2), fen.get(3), fen.get(4));
    }
}
