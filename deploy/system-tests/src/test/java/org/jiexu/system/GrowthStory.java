package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tables grow with the years, and what a case does must not grow with them. PostgreSQL is told to read a table from end to
 * end only where nothing else leads to the rows: then each such reading is an index that is missing.
 */
@OnSharedPlatform
class GrowthStory {
    /** One row for each topic; and what waits at this moment or is folded each second, which metrics look at as a whole. */
    private static final String SMALL = "('topic_offset', 'parked_input', 'case_note', 'limit_figure_note')";

    private final Sandbox sandbox = Platform.shared();
    private final Evidence evidence = new Evidence(sandbox);
    private final InstantPeople people = new InstantPeople(sandbox);
    private final List<String> databases = evidence.databases().stream()
            .filter(database -> evidence.query(database, "select to_regclass('outbox')::text")
                    .contains("outbox"))
            .toList();

    @BeforeEach
    void readNothingFromEndToEnd() {
        databases.forEach(
                database -> evidence.update("postgres", "alter database " + database + " set enable_seqscan = off"));
        planAnew();
    }

    @AfterEach
    void asBefore() {
        databases.forEach(
                database -> evidence.update("postgres", "alter database " + database + " reset enable_seqscan"));
        planAnew();
    }

    @Test
    void neitherAnInstantNorAnOrdinaryCaseReadsATableFromEndToEnd() {
        // Once to warm up: what is read at the first use only does not count.
        live();
        databases.forEach(database -> evidence.query(database, "select pg_stat_reset()::text"));
        live();
        // A session counts for itself and tells when it ends.
        planAnew();

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(indexesUsed()).doesNotContain("0"));
        assertThat(readFromEndToEnd()).isEmpty();
    }

    private void live() {
        var leaver = people.leaver(SampleRegion.CHANGSHA);
        var mover = Cases.movers(sandbox, 1, SampleRegion.JINING, SampleRegion.CHANGSHA)
                .getFirst();
        people.enrol(leaver, SampleRegion.ZHUZHOU);
        Cases.completes(Cases.apply(sandbox, mover, SampleRegion.JINING, SampleRegion.CHANGSHA));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.statuses(leaver)).containsExactly("COMPLETED"));
        Cases.isQuiet(sandbox);
    }

    /** The services' sessions end; the next ones plan with the settings of now. */
    private void planAnew() {
        databases.forEach(database -> evidence.query(
                database,
                "select pg_terminate_backend(pid)::text from pg_stat_activity where datname = '" + database
                        + "' and pid <> pg_backend_pid()"));
        // A pool asks no session that it used within the last half second whether it is still there.
        await().pollDelay(Duration.ofMillis(600))
                .atMost(Cases.PATIENCE)
                .ignoreExceptions()
                .until(evidence::isQuiet);
    }

    /** "0" where no session has told yet. */
    private List<String> indexesUsed() {
        return everywhere(_ -> "select coalesce(sum(idx_scan), 0) from pg_stat_user_tables");
    }

    private List<String> readFromEndToEnd() {
        return everywhere(
                database -> "select '" + database + ".' || relname || ' ' || seq_scan from pg_stat_user_tables"
                        + " where seq_scan > 0 and relname not in " + SMALL + " order by 1");
    }

    private List<String> everywhere(UnaryOperator<String> sql) {
        return databases.stream()
                .flatMap(database -> evidence.query(database, sql.apply(database)).stream())
                .toList();
    }
}
