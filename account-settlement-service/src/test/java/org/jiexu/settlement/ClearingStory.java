package org.jiexu.settlement;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.HUNANS;
import static org.jiexu.settlement.Settlement.ZHUZHOU;
import static org.jiexu.settlement.Settlement.until;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.settlement.Advances.Advance;
import org.jiexu.settlement.clearing.ClearingSweep;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Quarters of 湖南 from the first advance to the last payment down, told in order (湘医保办发〔2025〕12号 三). The long
 * one goes first: its first quarter ends before a holiday.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClearingStory {
    private static final int EACH_QUARTER = 10_000;
    private static final int THREADS = 6;

    private final Settlement settlement = Settlement.shared();
    private final JdbcClient jdbc = settlement.bean(JdbcClient.class);
    private final TableStore tables = settlement.bean(TableStore.class);
    private final Centre centre = new Centre(settlement);
    private final TableCheck check = new TableCheck(settlement, centre);
    private final Payments payments = new Payments(settlement, centre);

    @BeforeEach
    void untilTheSettlementTakesPart() {
        centre.untilItTakesPart();
    }

    @Test
    @Order(1)
    @Tag("R7.1")
    @Tag("R7.2")
    @Tag("R7.3")
    @Tag("R7.4")
    @Tag("R11.2")
    void twentyThousandAdvancesAreClearedOnceEachAndEveryLedgerSumsToZeroAllTheWay() throws Exception {
        var first = Quarter.of(centre.now());
        var second = first.next();
        var besides = owedBesidesDebts();
        var advances = new Advances(jdbc, settlement.bean(TransactionTemplate.class), HUNANS, 7);
        var inFirst = advances.write(EACH_QUARTER, first, centre::everyLedgerSumsToZero);
        var inSecond = advances.write(EACH_QUARTER, second, centre::everyLedgerSumsToZero);

        creditWhileTheQuarterTurns(first);
        nothingIsClearedBeforeTheFirstWorkingDay(first);
        centre.cutOffOnceAt("clearing.before-generate-commit", () -> centre.untilTable(first));
        check.theTableIsWhatANaiveCountSays(first);
        check.aClosedTableNeverChanges(first);

        correct(ofQuarter(inFirst, first).subList(0, 25), first);
        correct(ofQuarter(inSecond, second).subList(0, 15), second);
        centre.cutOffOnceAt("clearing.after-generate", () -> centre.untilTable(second));
        check.theTableIsWhatANaiveCountSays(second);
        everyDebtIsInExactlyOneTable(first, second);

        for (var quarter : List.of(first, second)) {
            payments.closeAndPay(quarter);
        }
        centre.everyLedgerSumsToZero();
        nothingOfThemIsOwed(first, second, besides);
    }

    /** R7.1: threads credit for two regions while the quarter ends; what was stated is all that was ever booked in it. */
    private void creditWhileTheQuarterTurns(Quarter quarter) throws Exception {
        settlement.kit.moveClock(quarter.end().minusMillis(1_500));
        until(() -> !centre.now().isBefore(quarter.end().minusMillis(1_500)));
        var credited = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int t = 0; t < THREADS; t++) {
                var own = new Random(t);
                tasks.add(() -> {
                    while (centre.now().isBefore(quarter.end().plusMillis(400))) {
                        creditOne(own);
                        credited.incrementAndGet();
                    }
                    return null;
                });
            }
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
        until(() -> settlement
                .strings("select region from quarter_statement where quarter = ?", quarter.toString())
                .containsAll(Centre.codes()));
        assertThat(credited.get()).isGreaterThan(THREADS);
        assertThat(settlement.strings("""
            select s.region from quarter_statement s
             where s.quarter = ? and (s.debts, s.amount) <> (
                 select count(*)::int, coalesce(sum(d.amount), 0)::bigint from own_debt d
                  where d.region = s.region and d.quarter = s.quarter)
            """, quarter.toString())).isEmpty();
        assertThat(settlement.strings("""
            select d.debt from own_debt d
              join posting p on p.region = d.region and p.business_key = 'credit:' || d.debt || '<' || d.debtor
             where p.made_at <> d.booked_at
            """)).isEmpty();
        assertThat(settlement.strings(
                        "select quarter from own_debt where booked_at > now() - interval '100 years' and"
                                + " quarter in (?, ?) group by quarter order by quarter",
                        quarter.toString(),
                        quarter.next().toString()))
                .containsExactly(quarter.toString(), quarter.next().toString());
        assertThatThrownBy(
                        () -> jdbc.sql("""
                            insert into own_debt (region, debt, remittance, debtor, amount, quarter, booked_at)
                            select region, debt || 'x', remittance, debtor, amount, quarter, booked_at from own_debt
                             where quarter = :quarter limit 1
                            """).param("quarter", quarter.toString()).update())
                .hasMessageContaining("nothing more is booked into it");
        centre.everyLedgerSumsToZero();
    }

    /** An advance 株洲 → 长沙 or back, as the service books it. */
    private void creditOne(Random own) {
        boolean there = own.nextBoolean();
        var debtor = there ? ZHUZHOU : CHANGSHA;
        var creditor = there ? CHANGSHA : ZHUZHOU;
        var rn = new RemittanceNumber(CaseNumber.random(creditor, 2026, own), 1);
        var person = new PersonId("P7%011d".formatted(own.nextInt(100)));
        var amount = Fen.of(1 + own.nextInt(10_000));
        var carryOut = settlement.bean(CarryOut.class);
        var transaction = settlement.bean(TransactionTemplate.class);
        settlement
                .bean(ImportBalances.class)
                .run(debtor, "race-" + rn, List.of(new ImportBalances.Item(person, amount, false)), "loader");
        transaction.executeWithoutResult(_ -> carryOut.all(
                debtor,
                rn.caseNumber(),
                List.of(
                        new Fact.Reserve(new AccountKey.Personal(debtor, person), amount),
                        new Fact.Post(Posting.remit(Route.CLEARING, rn, debtor, creditor, person, amount))),
                null));
        transaction.executeWithoutResult(_ -> carryOut.all(
                creditor,
                rn.caseNumber(),
                List.of(
                        new Fact.Post(Posting.arrive(Route.CLEARING, rn, debtor, creditor, amount)),
                        new Fact.Post(Posting.credit(rn, debtor, creditor, person, amount)),
                        new Fact.RecordDebt(rn, debtor, creditor, amount)),
                null));
    }

    private void nothingIsClearedBeforeTheFirstWorkingDay(Quarter quarter) {
        settlement.bean(ClearingSweep.class).sweep();
        var view = settlement.get(centre.operator("op-1"), Centre.base() + "/quarters/" + quarter);
        assertThat(view.body().path("state").asString()).isEqualTo("WAITING");
        assertThat(view.body().path("generateOn").asString())
                .isEqualTo(centre.firstWorkingDay(quarter).toString());
        assertThat(tables.isMade(HUNAN, quarter)).isFalse();
    }

    /** R7.4: a clerk and another person take advances back; ledgers on both sides and a negative debt of this quarter. */
    private void correct(List<Advance> wrong, Quarter quarter) {
        for (var advance : wrong) {
            var path = "/api/v1/agency/" + advance.creditor() + "/clearing/debts/" + advance.rn() + "/correction";
            var clerk = settlement.tokens.clerk("c-1", advance.creditor());
            var reviewer = settlement.tokens.reviewer("r-1", advance.creditor());
            assertThat(settlement.post(reviewer, path + "/approval", "").code()).isEqualTo("NOT_PREPARED");
            assertThat(settlement.post(clerk, path, "{\"reason\": \"重复入账\"}").status())
                    .isEqualTo(200);
            assertThat(settlement
                            .post(settlement.tokens.reviewer("c-1", advance.creditor()), path + "/approval", "")
                            .code())
                    .isEqualTo("SAME_PERSON");
            for (int twice = 0; twice < 2; twice++) {
                assertThat(settlement
                                .post(reviewer, path + "/approval", "")
                                .body()
                                .path("state")
                                .asString())
                        .isEqualTo("DONE");
            }
        }
        var numbers = wrong.stream().map(advance -> advance.rn() + "-C").toList();
        until(() -> settlement
                .strings("select debt from clearing_debt where corrects is not null")
                .containsAll(numbers));
        until(() -> settlement
                .strings("select remittance || '-C' from posting p where business_key like 'correct:%'"
                        + " group by remittance having count(*) = 2")
                .containsAll(numbers));
        assertThat(Quarter.of(wrong.getFirst().bookedAt())).isEqualTo(quarter);
        check.theirCasesAreToldOnce(wrong, "重复入账");
        centre.everyLedgerSumsToZero();
    }

    private static List<Advance> ofQuarter(List<Advance> advances, Quarter quarter) {
        return advances.stream()
                .filter(advance -> Quarter.of(advance.bookedAt()).equals(quarter))
                .toList();
    }

    private void everyDebtIsInExactlyOneTable(Quarter first, Quarter second) {
        assertThat(settlement.strings("""
            select d.debt from clearing_debt d left join clearing_entry e on e.debt = d.debt
             where d.quarter <= ? and e.quarter is distinct from d.quarter
            """, second.toString())).isEmpty();
        assertThat(settlement.strings(
                        "select quarter from clearing_entry group by quarter having count(*) > 1000 order by quarter"))
                .containsExactly(first.toString(), second.toString());
        // A correction of the first quarter stands in the second one's table, and the first one's never changed.
        assertThat(settlement.strings("""
            select count(*)::text from clearing_debt c join clearing_entry e on e.debt = c.debt
              join clearing_entry was on was.debt = c.corrects
             where was.quarter = ? and e.quarter = ?
            """, first.toString(), second.toString())).containsExactly("25");
    }

    /**
     * What stands between two regions of the province now is of other quarters, or was there before; both ledgers say it
     * with opposite signs. Other provinces' regions are here with one ledger alone.
     */
    private void nothingOfThemIsOwed(Quarter first, Quarter second, List<String> before) {
        assertThat(settlement.strings(
                        "select owner from account where kind = 'CLEARING' and starts_with(owner, '43') group by owner"
                                + " having sum(balance) <> 0"))
                .isEmpty();
        assertThat(owedBesidesDebts(first.toString(), second.toString())).isEqualTo(before);
        assertThat(settlement.strings("select kind from account where kind = 'POOL' and balance <> 0"))
                .isEmpty();
    }

    /** By the debtors' ledgers, for no debt of another quarter than these: another story's money may be on its way. */
    private List<String> owedBesidesDebts(String... paid) {
        return settlement.strings("""
            select b.owner || ' ' || b.besides from (
                select a.owner, a.balance - coalesce((select sum(d.amount) from own_debt d
                           where d.debtor || '>' || d.region = a.owner and d.quarter <> all (string_to_array(?, ','))), 0)
                       as besides
                  from account a
                 where a.kind = 'CLEARING' and a.region = split_part(a.owner, '>', 1) and starts_with(a.region, '43')) b
             where b.besides <> 0
             order by b.owner
            """, String.join(",", paid));
    }

    @Test
    @Order(2)
    @Tag("R7.1")
    void aJumpOverTwoQuartersStatesAndClearsBoth() {
        var first = Quarter.of(centre.now());
        var second = first.next();

        centre.untilTable(second);

        assertThat(tables.isMade(HUNAN, first)).isTrue();
        assertThat(settlement.strings(
                        "select count(*)::text from quarter_statement where quarter in (?, ?)",
                        first.toString(),
                        second.toString()))
                .containsExactly(String.valueOf(2 * Settlement.HOSTED.size()));
        var latest = settlement.get(centre.operator("op-1"), Centre.base() + "/quarters?limit=2");
        assertThat(latest.body().at("/items/0/state").asString()).isEqualTo("RUNNING");
        assertThat(latest.body().at("/items/1/quarter").asString()).isEqualTo(second.toString());
        assertThat(latest.body().path("next").asString()).isEqualTo(second.toString());
    }

    @Test
    @Order(3)
    void theDoorShowsAProvinceToItsOwnOperatorsAndAuditorsOnly() {
        var path = Centre.base() + "/quarters";
        assertThat(settlement.get(centre.operator("op-1"), path).status()).isEqualTo(200);
        assertThat(settlement.get(settlement.tokens.auditor("au-1"), path).status())
                .isEqualTo(200);
        for (var stranger : List.of(
                settlement.tokens.operator("op-9", new RegionCode("370000")),
                settlement.tokens.clerk("c-1", CHANGSHA),
                settlement.tokens.person(new PersonId("P000000000001")))) {
            assertThat(settlement.get(stranger, path).status()).isEqualTo(404);
        }
        assertThat(settlement.get(centre.operator("op-1"), path + "/2019Q1").status())
                .isEqualTo(404);
        assertThat(settlement
                        .get(centre.operator("op-1"), path + "/soon/table.csv")
                        .status())
                .isEqualTo(404);
        assertThat(settlement
                        .post(settlement.tokens.auditor("au-1"), path + "/2019Q1/preparation", "")
                        .status())
                .isEqualTo(403);
        var running =
                settlement.get(centre.operator("op-1"), path + "/" + Quarter.of(centre.now()) + "/missing?limit=3");
        assertThat(running.body().at("/items/0/reason").asString()).isEqualTo("NOT_STATED");
        assertThat(running.body().path("next").asString()).isEqualTo("430300");
    }

    @Test
    @Order(4)
    @Tag("R4.7")
    void limitsFireInTimeWhileATableIsRecomputed() throws InterruptedException {
        var quarter = Quarter.of(centre.now());
        creditOne(new Random(99));
        var proofs = settlement.bean(ProofStore.class);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        settlement.bean(CrashPoints.class).arm("clearing.before-proof", 1, () -> {
            begun.countDown();
            awaitQuietly(goOn);
        });
        try {
            var morning = centre.firstWorkingDay(quarter).atTime(9, 0).atZone(BusinessClock.ZONE);
            settlement.kit.moveClock(morning.toInstant());
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tables.isMade(HUNAN, quarter)).isTrue();

            var term = settlement
                    .bean(TransactionTemplate.class)
                    .execute(_ -> settlement
                            .bean(Deadlines.class)
                            .start("430100-26-PRVVRF2Q-0", DeadlineKind.MATCH, CHANGSHA, centre.now(), 1));
            var over = requireNonNull(term).dueOn().plusDays(1).atStartOfDay(BusinessClock.ZONE);
            settlement.kit.moveClock(over.toInstant().minusMillis(1_500));

            // Nothing moves the clock any more: the sweep's own round has to see that the day is over.
            until(() -> settlement
                    .strings("select type from event_journal where subject = ?", "430100-26-PRVVRF2Q-0")
                    .contains("deadline.missed.v1"));
            assertThat(proofs.latest(HUNAN, quarter)).isEmpty();
            assertThat(settlement
                            .post(centre.operator("op-1"), Centre.base() + "/quarters/" + quarter + "/proof", "")
                            .code())
                    .isEqualTo("PROOF_IS_RUNNING");
        } finally {
            goOn.countDown();
            settlement.bean(CrashPoints.class).disarm();
        }
        until(() -> proofs.latest(HUNAN, quarter).isPresent());
        assertThat(proofs.latest(HUNAN, quarter).orElseThrow().differences()).isEmpty();
        whoAsksAgainAddsNothing(quarter);
    }

    private void whoAsksAgainAddsNothing(Quarter quarter) {
        var path = Centre.base() + "/quarters/" + quarter + "/proof";
        assertThat(settlement.post(settlement.tokens.auditor("au-1"), path, "").status())
                .isEqualTo(403);
        var again = settlement.post(centre.operator("op-1"), path, "");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("agrees").asBoolean()).isTrue();
        assertThat(again.body().path("runBy").asString()).isEqualTo("op-1");
        assertThat(settlement.strings("select run_by from clearing_proof where quarter = ?", quarter.toString()))
                .containsExactly("clearing");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(90, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
