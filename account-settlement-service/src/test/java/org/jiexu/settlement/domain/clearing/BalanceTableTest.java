package org.jiexu.settlement.domain.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R7.2")
class BalanceTableTest {
    private static final RegionCode HUNAN = new RegionCode("430000");
    private static final Quarter QUARTER = new Quarter(2026, 3);
    private static final List<String> CODES = List.of(
            "430100", "430200", "430300", "430400", "430500", "430600", "430700", "430800", "430900", "431000",
            "431100", "431200", "431300", "433100", "439900");

    /** 1,000 random quarters, corrections and empty rows among them, against sums made debt by debt. */
    @Test
    void equalsANaiveCountOfEveryDebt() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new Random(seed);
            var members = members(1 + random.nextInt(CODES.size()));
            var debts = debts(random, List.copyOf(members.keySet()));
            var table = BalanceTable.of(HUNAN, QUARTER, members, pairs(debts, random));

            assertThat(table.rows()).as("seed %d", seed).hasSize(members.size());
            for (var row : table.rows()) {
                var out = count(debts, row.region(), null);
                var in = count(debts, null, row.region());
                assertThat(row)
                        .as("seed %d", seed)
                        .isEqualTo(new BalanceTable.Row(
                                row.region(),
                                "某市" + row.region(),
                                (int) out[0],
                                Fen.of(out[1]),
                                (int) in[0],
                                Fen.of(in[1]),
                                Fen.of(in[1] - out[1])));
            }
            long[] all = count(debts, null, null);
            assertThat(table.total()).isEqualTo(new BalanceTable.Total((int) all[0], Fen.of(all[1])));
            assertThat(table.rows().stream()
                            .mapToLong(row -> row.difference().value())
                            .sum())
                    .isZero();
        }
    }

    @Test
    void isTheSameBytesHoweverOftenAndInWhichOrderItIsMade() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var members = members(CODES.size());
            var debts = debts(random, List.copyOf(members.keySet()));

            var first = BalanceTable.of(HUNAN, QUARTER, members, pairs(debts, random));
            var second = BalanceTable.of(HUNAN, QUARTER, members, pairs(debts, random));

            assertThat(second.json()).isEqualTo(first.json());
            assertThat(second.csv()).isEqualTo(first.csv());
        }
    }

    @Test
    void isGrossAndNotNetted() {
        var changsha = new RegionCode("430100");
        var provinceLevel = new RegionCode("439900");
        var pairs = List.of(
                new ClearingPairV1(changsha, provinceLevel, 2, Fen.parse("300.00")),
                new ClearingPairV1(provinceLevel, changsha, 1, Fen.parse("300.00")));

        var members = new TreeMap<>(java.util.Map.of(changsha, "长沙市", provinceLevel, "省本级"));
        var table = BalanceTable.of(HUNAN, QUARTER, members, pairs);

        assertThat(table.csv().utf8()).isEqualTo("""
            \uFEFF清算平衡表,430000,2026Q3\r
            统筹区代码,统筹区,转出笔数,应上解金额,转入笔数,应拨付金额,差额\r
            430100,长沙市,2,300.00,1,300.00,0.00\r
            439900,省本级,1,300.00,2,300.00,0.00\r
            合计,,3,600.00,3,600.00,0.00\r
            \r
            转出地,转入地,笔数,金额\r
            430100,439900,2,300.00\r
            439900,430100,1,300.00\r
            """);
        assertThat(table.json().utf8())
                .startsWith(
                        "{\"province\":\"430000\",\"quarter\":\"2026Q3\",\"total\":{\"debts\":3,\"amount\":\"600.00\"}");
    }

    @Test
    void doesNotExistUnbalanced() {
        var row = new BalanceTable.Row(
                new RegionCode("430100"), "长沙市", 1, Fen.parse("1.00"), 0, Fen.ZERO, Fen.parse("-1.00"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BalanceTable(HUNAN, QUARTER, List.of(row), List.of()));
    }

    /** R7.3, R11.2: whatever the matrix, what all regions and the centre post leaves nothing owed and no ledger unbalanced. */
    @Test
    void isSettledToNothingByItsPayments() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var members = members(2 + random.nextInt(CODES.size() - 1));
            var table = BalanceTable.of(
                    HUNAN, QUARTER, members, pairs(debts(random, List.copyOf(members.keySet())), random));
            var balances = new TreeMap<String, Long>();
            for (var pair : table.pairs()) {
                var owed = pair.debtor() + ">" + pair.creditor();
                balances.merge(
                        pair.debtor() + " CLEARING " + owed, pair.amount().value(), Long::sum);
                balances.merge(
                        pair.creditor() + " CLEARING " + owed, -pair.amount().value(), Long::sum);
            }
            var postings = new ArrayList<Posting>();
            for (var row : table.rows()) {
                ClearingPostings.paidUp(row.region(), QUARTER, table.pairs()).ifPresent(postings::add);
                ClearingPostings.paidDown(row.region(), QUARTER, table.pairs()).ifPresent(postings::add);
                ClearingPostings.up(HUNAN, QUARTER, row.region(), row.outAmount())
                        .ifPresent(postings::add);
                ClearingPostings.down(HUNAN, QUARTER, row.region(), row.inAmount())
                        .ifPresent(postings::add);
            }
            for (var posting : postings) {
                posting.lines().forEach(line -> {
                    var key = line.account();
                    balances.merge(
                            key.ledger() + " " + key.kind() + " " + key.owner(),
                            line.amount().value(),
                            Long::sum);
                });
            }

            assertThat(balances).as("seed %d", seed).allSatisfy((account, balance) -> {
                if (account.contains("CLEARING") || account.contains("POOL")) {
                    assertThat(balance).as(account).isZero();
                }
            });
            for (var row : table.rows()) {
                assertThat(balances.getOrDefault(row.region() + " PAID_UP " + row.region(), 0L))
                        .isEqualTo(-balances.getOrDefault(HUNAN + " PAID_UP " + row.region(), 0L))
                        .isEqualTo(row.outAmount().value());
            }
        }
    }

    private record Owed(RegionCode debtor, RegionCode creditor, long amount) {}

    private static SortedMap<RegionCode, String> members(int count) {
        var members = new TreeMap<RegionCode, String>();
        CODES.stream().limit(count).forEach(code -> members.put(new RegionCode(code), "某市" + code));
        return members;
    }

    private static List<Owed> debts(Random random, List<RegionCode> regions) {
        var debts = new ArrayList<Owed>();
        int count = regions.size() < 2 ? 0 : random.nextInt(120);
        for (int i = 0; i < count; i++) {
            var debtor = regions.get(random.nextInt(regions.size()));
            var creditor = regions.get(random.nextInt(regions.size()));
            if (!debtor.equals(creditor)) {
                long amount = 1L + random.nextInt(5_000_000);
                debts.add(new Owed(debtor, creditor, random.nextInt(10) == 0 ? -amount : amount));
            }
        }
        return debts;
    }

    /** As a database gives them, in any order. */
    private static List<ClearingPairV1> pairs(List<Owed> debts, Random random) {
        record Sides(RegionCode debtor, RegionCode creditor) {}
        var pairs = new ArrayList<ClearingPairV1>();
        var seen = new ArrayList<Sides>();
        for (var debt : debts) {
            var sides = new Sides(debt.debtor(), debt.creditor());
            if (!seen.contains(sides)) {
                seen.add(sides);
                long[] sum = count(debts, debt.debtor(), debt.creditor());
                pairs.add(new ClearingPairV1(debt.debtor(), debt.creditor(), (int) sum[0], Fen.of(sum[1])));
            }
        }
        Collections.shuffle(pairs, random);
        return pairs;
    }

    private static long[] count(
            List<Owed> debts,
            @org.jspecify.annotations.Nullable RegionCode debtor,
            @org.jspecify.annotations.Nullable RegionCode creditor) {
        long[] sum = new long[2];
        for (var debt : debts) {
            if ((debtor == null || debt.debtor().equals(debtor))
                    && (creditor == null || debt.creditor().equals(creditor))) {
                sum[0]++;
                sum[1] += debt.amount();
            }
        }
        return sum;
    }
}
