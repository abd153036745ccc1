package org.jiexu.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jiexu.registry.postgres.CaseFigureStore.Scope;
import org.jiexu.registry.postgres.LimitFigureStore.Place;
import org.jiexu.registry.postgres.LimitListStore.State;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With 60,000 open limits, planned on real statistics, nothing that operators look at reads a table from end to end. */
class NoScanTest {
    private static final int LIMITS = 60_000;
    private static final int PAGE = 51;
    /** A page, its neighbours on the other side, and what a filter throws away. */
    private static final long ROWS_OF_A_PAGE = 8_000;

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 14);
    private static final RegionCode CHANGSHA = new RegionCode("430100");
    private static final Nearness NEARNESS = new Nearness(
            TODAY,
            new Nearness.Window(
                    IntStream.rangeClosed(0, Nearness.LATER)
                            .mapToObj(TODAY::plusDays)
                            .toList(),
                    2),
            Map.of(
                    "450100",
                    new Nearness.Window(
                            IntStream.rangeClosed(0, Nearness.LATER)
                                    .mapToObj(n -> TODAY.plusDays(2L * n))
                                    .toList(),
                            1)));

    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void fill() {
        var source = EmptyRegistry.database("many");
        jdbc = JdbcClient.create(source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        jdbc.sql("""
            insert into region (code, name, province_code, province_name, kind, on_platform)
            select p || lpad((n + 1)::text, 2, '0') || '00', 'x', p || '0000', 'x', 'x', true
              from unnest(array['43', '37', '33', '45', '13']) p cross join generate_series(0, 19) n
            """).update();
        ManyCases.fill(jdbc, LIMITS, TODAY);
        var cases = new CaseFigureStore(jdbc);
        var limits = new LimitFigureStore(jdbc);
        transaction.executeWithoutResult(_ -> cases.fold(Integer.MAX_VALUE));
        transaction.executeWithoutResult(_ -> limits.fold(Integer.MAX_VALUE));
        jdbc.sql("vacuum analyze").update();
    }

    @Test
    void nothingThatOperatorsLookAtReadsATableFromEndToEnd() {
        var looks = looks();
        var scanned = new ArrayList<String>();
        var read = new LinkedHashMap<String, Long>();
        looks.forEach((name, look) -> {
            long scans = scans();
            long rows = rows();
            look.run();
            if (scans() > scans) {
                scanned.add(name);
            }
            if (rows() - rows > ROWS_OF_A_PAGE) {
                read.put(name, rows() - rows);
            }
        });

        assertThat(scanned).isEmpty();
        assertThat(read).isEmpty();
    }

    private static Map<String, Runnable> looks() {
        var cases = new CaseFigureStore(jdbc);
        var limits = new LimitFigureStore(jdbc);
        var caseLists = new CaseListStore(jdbc);
        var looks = new LinkedHashMap<String, Runnable>();
        for (var scope : List.of(Scope.national(), Scope.ofProvince("430000"), Scope.ofRegion("430100"))) {
            looks.put("figures " + scope.key(), () -> cases.figures(scope, TODAY.minusDays(30)));
            looks.put("pairs " + scope.key(), () -> cases.busiest(scope, 20));
            looks.put("oldest " + scope.key(), () -> cases.oldestOpen(scope, TODAY.minusDays(19)));
        }
        var places = List.of(new Place(null, null), new Place(null, "430000"), new Place(CHANGSHA, null));
        for (var place : places) {
            looks.put("totals " + place, () -> limits.totals(place, NEARNESS));
            looks.put("cells " + place, () -> limits.cells(place, null, NEARNESS));
            looks.put("on time " + place, () -> limits.onTime(place, Quarter.parse("2026Q3")));
            for (var state : State.values()) {
                limitList(looks, place, state, null, null);
            }
            limitList(looks, place, State.OPEN, DeadlineKind.ISSUE, 3);
            limitList(looks, place, State.OPEN, DeadlineKind.ISSUE, Nearness.OVERDUE);
            limitList(looks, place, State.OPEN, null, Nearness.LATER);
        }
        for (var filter : List.of(
                filter(null, null, null, null),
                filter(CHANGSHA, null, null, null),
                filter(null, "430000", null, null),
                filter(null, null, PublicStatus.ACCEPTED, null),
                filter(null, "430000", null, "430100-26-0001"))) {
            looks.put("cases " + filter, () -> caseLists.list(filter, null, PAGE));
        }
        return looks;
    }

    private static void limitList(
            Map<String, Runnable> looks,
            Place place,
            State state,
            @Nullable DeadlineKind kind,
            @Nullable Integer daysLeft) {
        var lists = new LimitListStore(jdbc);
        var filter = new LimitListStore.Filter(place, kind, null, daysLeft, state);
        looks.put("limits " + filter, () -> lists.list(filter, NEARNESS, null, PAGE));
    }

    private static CaseListStore.Filter filter(
            @Nullable RegionCode region,
            @Nullable String province,
            @Nullable PublicStatus status,
            @Nullable String begins) {
        return new CaseListStore.Filter(region, null, null, province, status, null, null, null, begins, null, null);
    }

    private static long scans() {
        return statistic("seq_scan");
    }

    private static long rows() {
        return statistic("coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)");
    }

    /** What the server has counted of the two tables up to now. */
    private static long statistic(String what) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            jdbc.sql("select pg_stat_force_next_flush()").query((row, n) -> 0).single();
            jdbc.sql("select pg_stat_clear_snapshot()").query((row, n) -> 0).single();
            return jdbc.sql("select sum(" + what
                            + ") from pg_stat_user_tables where relname in ('case_index', 'case_deadline')")
                    .query(Long.class)
                    .single();
        }));
    }
}
