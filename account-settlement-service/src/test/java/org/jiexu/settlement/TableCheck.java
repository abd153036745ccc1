package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.HUNANS;
import static org.jiexu.settlement.Settlement.ZHUZHOU;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jiexu.settlement.Advances.Advance;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.ProofStore.Difference;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.TakenBackV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is true of a generated table: it is what a naive count of the ledgers gives, and nothing changes it any more. */
final class TableCheck {
    private final Settlement settlement;
    private final Centre centre;
    private final JdbcClient jdbc;
    private final TableStore tables;
    private final Random random = new Random(20250710);

    private record Line(RegionCode debtor, RegionCode creditor, long amount, Instant at) {}

    TableCheck(Settlement settlement, Centre centre) {
        this.settlement = settlement;
        this.centre = centre;
        this.jdbc = settlement.bean(JdbcClient.class);
        this.tables = settlement.bean(TableStore.class);
    }

    /** R7.6: the case of each advance that was taken back, by its own region, in the moment of the negative debt. */
    void theirCasesAreToldOnce(List<Advance> takenBack, String ground) {
        var bookedAt = new TreeMap<String, Instant>();
        jdbc.sql("select debt, booked_at from own_debt where corrects is not null")
                .query(row -> {
                    bookedAt.put(
                            row.getString("debt"),
                            row.getObject("booked_at", OffsetDateTime.class).toInstant());
                });
        var expected = takenBack.stream()
                .map(advance -> String.join(
                        " ",
                        Topics.balance(advance.creditor()),
                        Source.of(advance.creditor(), ServiceName.SETTLEMENT).toString(),
                        advance.rn().caseNumber().value(),
                        WireJson.text(new TakenBackV1(
                                advance.rn(),
                                advance.amount(),
                                ground,
                                Objects.requireNonNull(bookedAt.get(advance.rn() + "-C"))))))
                .toList();

        var told = jdbc.sql("""
            select concat_ws(' ', topic, source, subject, convert_from(data, 'UTF8')) from event_journal
             where type = 'balance.taken-back.v1' and subject = any(:numbers)
            """)
                .param(
                        "numbers",
                        takenBack.stream()
                                .map(advance -> advance.rn().caseNumber().value())
                                .toArray(String[]::new))
                .query(String.class)
                .list();

        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
    }

    void theTableIsWhatANaiveCountSays(Quarter quarter) {
        var rows = new TreeMap<RegionCode, long[]>();
        var pairs = new TreeMap<String, long[]>();
        HUNANS.forEach(region -> rows.put(region, new long[4]));
        long[] all = new long[2];
        for (var line : creditsAndCorrections()) {
            if (Quarter.of(line.at()).equals(quarter)) {
                add(rows.get(line.debtor()), 0, line.amount());
                add(rows.get(line.creditor()), 2, line.amount());
                add(pairs.computeIfAbsent(line.debtor() + ">" + line.creditor(), _ -> new long[2]), 0, line.amount());
                add(all, 0, line.amount());
            }
        }

        var table = tables.table(HUNAN, quarter).orElseThrow();
        assertThat(table.rows()).extracting(BalanceTable.Row::region).containsExactlyElementsOf(HUNANS);
        for (var row : table.rows()) {
            long[] expected = rows.getOrDefault(row.region(), new long[4]);
            assertThat(List.of(
                            (long) row.outDebts(),
                            row.outAmount().value(),
                            (long) row.inDebts(),
                            row.inAmount().value()))
                    .as(row.region().value())
                    .containsExactly(expected[0], expected[1], expected[2], expected[3]);
        }
        assertThat(table.pairs()).hasSize(pairs.size()).allSatisfy(pair -> {
            long[] expected = pairs.getOrDefault(pair.debtor() + ">" + pair.creditor(), new long[2]);
            assertThat(pair)
                    .isEqualTo(
                            new ClearingPairV1(pair.debtor(), pair.creditor(), (int) expected[0], Fen.of(expected[1])));
        });
        assertThat(table.total()).isEqualTo(new BalanceTable.Total((int) all[0], Fen.of(all[1])));
        var proof = settlement.bean(ProofStore.class).latest(HUNAN, quarter).orElseThrow();
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.ledgers()).containsExactlyElementsOf(HUNANS);
        assertThat(proof.stated()).isEmpty();
        assertThat(settlement.strings("select quarter from clearing_table where quarter = ?", quarter.toString()))
                .hasSize(1);
    }

    /** Every line of the creditors' ledgers that credits an advance or takes one back; no sum, no quarter. */
    private List<Line> creditsAndCorrections() {
        var debtors = Map.copyOf(
                jdbc
                        .sql("""
                            select p.region || ' ' || p.remittance as arrival, a.owner from posting p
                              join posting_line l on l.posting = p.id join account a on a.id = l.account
                             where p.business_key like 'arrive:%' and a.kind = 'CLEARING'
                            """)
                        .query((row, n) -> Map.entry(row.getString("arrival"), row.getString("owner")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return jdbc
                .sql("""
                    select p.region, p.remittance, l.amount, p.made_at from posting p
                      join posting_line l on l.posting = p.id join account a on a.id = l.account
                     where a.kind = 'PERSONAL'
                       and (p.business_key like 'credit:%' or p.business_key like 'correct:%' and l.amount < 0)
                    """)
                .query((row, n) -> {
                    var owner = debtors.get(row.getString("region") + " " + row.getString("remittance"));
                    return owner == null
                            ? List.<Line>of()
                            : List.of(new Line(
                                    new RegionCode(owner.substring(0, 6)),
                                    new RegionCode(row.getString("region")),
                                    row.getLong("amount"),
                                    row.getObject("made_at", OffsetDateTime.class)
                                            .toInstant()));
                })
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static void add(long @Nullable [] sums, int at, long amount) {
        if (sums != null) {
            sums[at]++;
            sums[at + 1] += amount;
        }
    }

    void aClosedTableNeverChanges(Quarter quarter) {
        for (var sql : List.of(
                "update clearing_table set total = total + 1",
                "delete from clearing_entry",
                "update clearing_row set out_amount = 0",
                "update clearing_pair set amount = 0",
                "update clearing_debt set amount = amount + 1",
                "delete from quarter_statement")) {
            assertThatThrownBy(() -> jdbc.sql(sql).update()).hasMessageContaining("is locked");
        }
        assertThatThrownBy(
                        () -> jdbc.sql("""
                            insert into clearing_entry (province, debt, quarter)
                            select province, debt, :quarter from clearing_debt d where not exists (
                                select from clearing_entry e where e.debt = d.debt) limit 1
                            """).param("quarter", quarter.toString()).update())
                .hasMessageContaining("takes nothing more");

        var again = BalanceTable.of(HUNAN, quarter, names(quarter), tables.addUp(HUNAN, quarter));
        assertThat(tables.json(HUNAN, quarter)).contains(again.json());
        assertThat(tables.csv(HUNAN, quarter)).contains(again.csv());
        var made = tables.made(HUNAN, quarter).orElseThrow();
        assertThat(made.digest()).isEqualTo(Sm3.of(again.json()).hex());
        assertThat(settlement
                        .get(settlement.tokens.auditor("au-1"), Centre.base() + "/quarters/" + quarter + "/table.json")
                        .body()
                        .path("total")
                        .path("debts")
                        .asInt())
                .isEqualTo(made.debts());
        whatComesLateOrContradictsIsQuarantined(quarter);
        aDifferenceNamesTheDebt(quarter);
    }

    private Map<RegionCode, String> names(Quarter quarter) {
        var names = new TreeMap<RegionCode, String>();
        tables.table(HUNAN, quarter).orElseThrow().rows().forEach(row -> names.put(row.region(), row.name()));
        return names;
    }

    private void whatComesLateOrContradictsIsQuarantined(Quarter quarter) {
        var late = new RemittanceNumber(CaseNumber.random(CHANGSHA, 2026, random), 1);
        var known = settlement
                .strings(
                        "select debt from clearing_debt where creditor = '430100' and quarter = ? limit 1",
                        quarter.toString())
                .getFirst();
        var knownRn = RemittanceNumber.parse(known);
        sayAs(
                CHANGSHA,
                new DebtRecordedV1(
                        late.toString(),
                        late,
                        ZHUZHOU,
                        CHANGSHA,
                        Fen.of(1),
                        quarter.end().minusMillis(1),
                        null));
        sayAs(CHANGSHA, new DebtRecordedV1(known, knownRn, ZHUZHOU, CHANGSHA, Fen.of(1), quarter.begin(), null));
        sayAs(ZHUZHOU, new DebtRecordedV1(known + "x", knownRn, ZHUZHOU, CHANGSHA, Fen.of(1), centre.now(), null));

        until(() -> quarantined(late.toString(), known, known + "x").size() == 3);
        assertThat(quarantined(late.toString(), known, known + "x"))
                .containsExactlyInAnyOrder(
                        "the table of that quarter is closed",
                        "this debt was said with another content",
                        "only the creditor's settlement states what it has advanced");
    }

    private List<String> quarantined(String... debts) {
        return settlement.strings("select reason from quarantined where record_key in (?, ?, ?)", (Object[]) debts);
    }

    private void sayAs(RegionCode region, DebtRecordedV1 debt) {
        var source = Source.of(region, ServiceName.SETTLEMENT);
        settlement.kit.say(source, Topics.clearing(HUNAN), HUNAN.value(), debt.debt(), debt);
    }

    /** With the walls down for a moment, one amount is changed: the recomputation says which. */
    private void aDifferenceNamesTheDebt(Quarter quarter) {
        settlement.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            jdbc.sql("alter table clearing_debt disable trigger user").update();
            var debt = jdbc.sql("""
                update clearing_debt set amount = amount + 1 where debt = (
                    select min(debt) from clearing_entry where quarter = :quarter) returning debt
                """)
                    .param("quarter", quarter.toString())
                    .query(String.class)
                    .single();
            assertThat(settlement.bean(ProofStore.class).differences(HUNAN, quarter, HUNANS))
                    .containsExactly(
                            new Difference(debt.substring(0, 6), "STATED_OTHERWISE"),
                            new Difference(debt, "LEDGER_SAYS_OTHERWISE"),
                            new Difference(debt, "NOT_IN_DEBTORS_LEDGER"),
                            new Difference(debt, "SAID_OTHERWISE"));
            // A centre that hosts no region has the creditors' word: of each debt, and of the count of their ledgers.
            assertThat(settlement.bean(ProofStore.class).differences(HUNAN, quarter, List.of()))
                    .containsExactly(
                            new Difference(debt.substring(0, 6), "STATED_OTHERWISE"),
                            new Difference(debt, "SAID_OTHERWISE"));
            status.setRollbackOnly();
        });
    }
}
