package org.jiexu.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jiexu.settlement.MoneyMetrics;
import org.jiexu.settlement.postgres.MoneyFigures.Disagreement;
import org.jiexu.settlement.postgres.MoneyFigures.Imbalance;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoneyFiguresTest {
    private static final RegionCode CHANGSHA = new RegionCode("430100");
    private static final RegionCode JINING = new RegionCode("370800");

    private final TestDatabase database = new TestDatabase();
    private final MoneyFigures figures = new MoneyFigures(database.jdbc);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSumOfEachLedgerIsTold() {
        account("430100", "FUND", "fund", -500);
        account("430100", "PERSONAL", "P1", 500);
        account("370800", "FUND", "fund", -500);
        account("370800", "PERSONAL", "P1", 501);

        assertThat(figures.imbalances())
                .containsExactlyInAnyOrder(new Imbalance(CHANGSHA, Fen.ZERO), new Imbalance(JINING, new Fen(1)));
    }

    @Test
    void aTableCountsByItsNewestProof() {
        // Foreign keys and counts of a real table are not what is asked here.
        database.jdbc
                .sql("alter table clearing_proof drop constraint clearing_proof_province_quarter_fkey")
                .update();
        proof("430000", "2026Q1", false);
        proof("430000", "2026Q1", true);
        proof("430000", "2026Q2", true);
        proof("430000", "2026Q2", false);
        proof("370000", "2026Q1", true);

        assertThat(figures.disagreements())
                .containsExactlyInAnyOrder(
                        new Disagreement(new RegionCode("430000"), 1), new Disagreement(new RegionCode("370000"), 0));
    }

    @Test
    void everyAlertOfMoneyStandsOnAMetricThatIsExported() throws IOException {
        database.jdbc
                .sql("alter table clearing_proof drop constraint clearing_proof_province_quarter_fkey")
                .update();
        account("430100", "FUND", "fund", -7);
        proof("430000", "2026Q1", false);
        var meters = new SimpleMeterRegistry();
        var metrics = new MoneyMetrics(figures, meters);

        metrics.start();
        await().until(() -> meters.find("jiexu.clearing.disagreements").gauge() != null);
        metrics.stop();

        assertThat(meters.get("jiexu.ledger.imbalance.fen")
                        .tag("region", "430100")
                        .gauge()
                        .value())
                .isEqualTo(-7);
        var exported = meters.getMeters().stream()
                .map(meter -> meter.getId().getName().replace('.', '_'))
                .toList();
        var alerts = Files.readString(Path.of("..", "deploy", "observability", "alerts.yml"));
        var group = alerts.substring(alerts.indexOf("- name: jiexu-money"), alerts.indexOf("- name: jiexu-service"));
        var named = Pattern.compile("expr: ([a-z_]+)")
                .matcher(group)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).hasSize(3).isSubsetOf(exported);
    }

    private void account(String region, String kind, String owner, long balance) {
        database.jdbc
                .sql("insert into account (region, kind, owner, counter_region, balance)"
                        + " values (:region, :kind, :owner, '', :balance)")
                .param("region", region)
                .param("kind", kind)
                .param("owner", owner)
                .param("balance", balance)
                .update();
    }

    private void proof(String province, String quarter, boolean agrees) {
        database.jdbc
                .sql("insert into clearing_proof (province, quarter, run_at, run_by, debts, ledgers, agrees,"
                        + " differences) values (:province, :quarter, now(), 'test', 0, '', :agrees, '')")
                .param("province", province)
                .param("quarter", quarter)
                .param("agrees", agrees)
                .update();
    }
}
