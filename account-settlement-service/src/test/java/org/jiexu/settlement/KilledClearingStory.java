package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.until;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.Advances.Advance;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.settlement.postgres.PaymentStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.postgres.PaymentStore.Due;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 江苏's clearing in a process of its own, killed (kill -9) while it writes a table, a payment up and a payment down: what
 * comes of it is to the byte what an undisturbed run gives.
 */
class KilledClearingStory {
    private static final RegionCode JIANGSU = new RegionCode("320000");
    private static final List<RegionCode> REGIONS = IntStream.rangeClosed(1, 13)
            .mapToObj("32%02d00"::formatted)
            .map(RegionCode::new)
            .toList();
    private static final int DEBTS = 20_000;

    private final Settlement beside = Settlement.shared();
    private final Centre centre = new Centre(beside);
    private final String maker = beside.tokens.operator("op-1", JIANGSU);
    private final String checker = beside.tokens.operator("op-2", JIANGSU);

    @Test
    @Tag("R7.1")
    @Tag("R7.3")
    @Tag("R11.2")
    @Tag("R11.3")
    void whatIsCutOffIsDoneOnceAndTheSame() throws Exception {
        beside.kit.join(REGIONS.toArray(RegionCode[]::new));
        var quarter = Quarter.of(centre.now());
        try (var settlement = new OtherSettlement(beside, JIANGSU, REGIONS)) {
            settlement.start(maker);
            var advances =
                    new Advances(settlement.jdbc, settlement.transaction, REGIONS, 11).write(DEBTS, quarter, () -> {});

            settlement.killBetween("clearing_table", "clearing_row", () -> endQuarter(quarter));
            assertThat(settlement.strings("select quarter from clearing_table")).isEmpty();
            assertThat(settlement.strings("select debt from clearing_entry limit 1"))
                    .isEmpty();
            settlement.start(maker);
            theTableIsThatOfAnUndisturbedRun(settlement, quarter, advances);

            var path = "/api/v1/operations/clearing/" + JIANGSU + "/quarters/" + quarter;
            assertThat(settlement.post(maker, path + "/preparation", "").status())
                    .isEqualTo(200);
            assertThat(settlement.post(checker, path + "/approval", "").status())
                    .isEqualTo(200);
            allPay(settlement, quarter, Direction.UP);
            allPay(settlement, quarter, Direction.DOWN);
            everythingIsPaidOnce(settlement, quarter);
        }
    }

    private void endQuarter(Quarter quarter) {
        beside.kit.moveClock(centre.firstWorkingDay(quarter)
                .atTime(LocalTime.of(9, 0))
                .atZone(BusinessClock.ZONE)
                .toInstant());
    }

    private static void theTableIsThatOfAnUndisturbedRun(
            OtherSettlement settlement, Quarter quarter, List<Advance> advances) {
        var tables = new TableStore(settlement.jdbc);
        var proofs = new ProofStore(settlement.jdbc);
        until(() -> proofs.latest(JIANGSU, quarter).isPresent());

        var undisturbed = BalanceTable.of(JIANGSU, quarter, names(), matrix(quarter, advances));
        assertThat(tables.json(JIANGSU, quarter)).contains(undisturbed.json());
        assertThat(tables.csv(JIANGSU, quarter)).contains(undisturbed.csv());
        var proof = proofs.latest(JIANGSU, quarter).orElseThrow();
        assertThat(proof.agrees()).isTrue();
        assertThat(proof.ledgers()).isEqualTo(REGIONS);
        assertThat(proof.debts()).isEqualTo(undisturbed.total().debts()).isGreaterThan(DEBTS * 9 / 10);
    }

    private static Map<RegionCode, String> names() {
        return REGIONS.stream().collect(Collectors.toMap(region -> region, region -> "统筹区" + region));
    }

    /** Added up from what was written, by nobody's SQL. */
    private static List<ClearingPairV1> matrix(Quarter quarter, List<Advance> advances) {
        var pairs = new TreeMap<String, ClearingPairV1>();
        for (var advance : advances) {
            if (Quarter.of(advance.bookedAt()).equals(quarter)) {
                pairs.merge(
                        advance.debtor() + ">" + advance.creditor(),
                        new ClearingPairV1(advance.debtor(), advance.creditor(), 1, advance.amount()),
                        (all, one) -> new ClearingPairV1(
                                all.debtor(),
                                all.creditor(),
                                all.debts() + 1,
                                all.amount().plus(one.amount())));
            }
        }
        return List.copyOf(pairs.values());
    }

    /** The first one is killed between its posting and its message, and said again by somebody who had no answer. */
    private void allPay(OtherSettlement settlement, Quarter quarter, Direction direction) throws Exception {
        var dues = new PaymentStore(settlement.jdbc)
                .due(JIANGSU, quarter).stream()
                        .filter(due -> due.direction() == direction)
                        .toList();
        assertThat(dues).hasSize(REGIONS.size());
        if (direction == Direction.UP) {
            until(() -> settlement.strings("select region from clearing_bill").size() == REGIONS.size());
        }
        for (var due : dues) {
            var payment = payment(quarter, due);
            assertThat(settlement.post(maker, payment.path(), payment.body()).status())
                    .isEqualTo(200);
            if (due.equals(dues.getFirst())) {
                var before = postings(settlement);
                settlement.killBetween(
                        "posting",
                        "event_journal",
                        () -> settlement.begin(checker, payment.path() + "/approval", payment.body()));
                assertThat(postings(settlement)).isEqualTo(before);
                settlement.start(maker);
            }
            for (int twice = 0; twice < 2; twice++) {
                assertThat(settlement
                                .post(checker, payment.path() + "/approval", payment.body())
                                .status())
                        .isEqualTo(200);
            }
        }
        until(() -> new PaymentStore(settlement.jdbc)
                .due(JIANGSU, quarter).stream()
                        .filter(due -> due.direction() == direction)
                        .allMatch(Due::isPaid));
    }

    private record Payment(String path, String body) {}

    private static Payment payment(Quarter quarter, Due due) {
        var reference = due.direction() + "-" + quarter + "-" + due.region();
        var amount = due.amount().yuan();
        return due.direction() == Direction.UP
                ? new Payment(
                        "/api/v1/agency/" + due.region() + "/clearing/quarters/" + quarter + "/payment-up",
                        "{\"reference\": \"%s\", \"amount\": \"%s\"}".formatted(reference, amount))
                : new Payment(
                        "/api/v1/operations/clearing/" + JIANGSU + "/quarters/" + quarter + "/payments-down",
                        "{\"region\": \"%s\", \"reference\": \"%s\", \"amount\": \"%s\"}"
                                .formatted(due.region(), reference, amount));
    }

    private static List<String> postings(OtherSettlement settlement) {
        return settlement.strings("""
            select region || ' ' || business_key from posting where business_key ~ '^(pay|up:|down:)' order by id
            """);
    }

    private void everythingIsPaidOnce(OtherSettlement settlement, Quarter quarter) {
        until(() -> settlement
                .strings("select region from clearing_bill where down_at is null")
                .isEmpty());
        // Up and down, each in the region's ledger and in the centre's.
        assertThat(postings(settlement)).hasSize(4 * REGIONS.size()).doesNotHaveDuplicates();
        assertThat(settlement.strings("select region from account group by region having sum(balance) <> 0"))
                .isEmpty();
        assertThat(settlement.strings("""
            select a.id from account a where a.balance <> (
                select coalesce(sum(l.amount), 0) from posting_line l where l.account = a.id)
            """)).isEmpty();
        assertThat(settlement.strings("select owner from account where kind = 'POOL' and balance <> 0"))
                .isEmpty();
        // Between two regions stands what belongs to the next quarter, and both ledgers say the same.
        assertThat(settlement.strings("""
            select a.owner from account a
             where a.kind = 'CLEARING' and a.region = split_part(a.owner, '>', 1)
               and a.balance <> (select coalesce(sum(d.amount), 0) from own_debt d
                    where d.debtor || '>' || d.region = a.owner and d.quarter <> ?)
            """, quarter.toString())).isEmpty();
        assertThat(settlement.strings(
                        "select owner from account where kind = 'CLEARING' group by owner having sum(balance) <> 0"))
                .isEmpty();
        until(() -> REGIONS.stream().allMatch(region -> said(region, quarter).contains("payment.down.v1")));
        assertThat(said(JIANGSU, quarter)).containsExactly("clearing.generated.v1");
        assertThat(REGIONS)
                .allSatisfy(region -> assertThat(said(region, quarter))
                        .containsExactlyInAnyOrder("payment.up.v1", "payment.down.v1"));
        assertThat(Fen.of(settlement
                        .jdbc
                        .sql("select sum(amount)::bigint from clearing_payment where direction = 'UP'")
                        .query(Long.class)
                        .single()))
                .isEqualTo(new TableStore(settlement.jdbc)
                        .table(JIANGSU, quarter)
                        .orElseThrow()
                        .total()
                        .amount());
    }

    private List<String> said(RegionCode who, Quarter quarter) {
        return beside.kit.types(Topics.clearing(JIANGSU), who + "/" + quarter);
    }
}
