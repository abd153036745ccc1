package org.jiexu.bus.testing.walk;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in a service's tables, cheaply: how many rows each has, and the youngest transaction that wrote one. */
public final class Tables {
    /** Of the machinery: they move with every request, message and tick. */
    private static final Set<String> TECHNICAL = Set.of(
            "idempotency_key",
            "last_four_try",
            "outbox",
            "inbox",
            "topic_offset",
            "scheduled_tasks",
            "directory_position",
            "flyway_schema_history");

    private final JdbcClient jdbc;
    private final String question;
    private String position = "";
    private Map<String, String> last = Map.of();

    public Tables(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.question = jdbc
                .sql("select tablename from pg_tables where schemaname = 'public' order by tablename")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> !TECHNICAL.contains(table))
                .map("select '%1$s' as name, count(*) as n, max(xmin::text::bigint) as youngest from %1$s"::formatted)
                .collect(Collectors.joining(" union all "));
    }

    /**
     * One line for each table; two are equal when no row was written, changed or deleted in between. The tables are read
     * only where the server has logged something since the last time.
     */
    Map<String, String> now() {
        var logged = jdbc.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
        if (!logged.equals(position)) {
            var all = new TreeMap<String, String>();
            jdbc.sql(question).query(row -> {
                all.put(row.getString("name"), row.getLong("n") + "@" + row.getLong("youngest"));
            });
            last = all;
            position = logged;
        }
        return last;
    }

    /** Until nothing moves any more of what earlier inputs have set going. */
    Map<String, String> quiet() {
        var seen = new Seen(now());
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(15))
                .until(() -> seen.isStill(now()) && isEmpty("outbox"));
        return seen.last;
    }

    private boolean isEmpty(String table) {
        return jdbc.sql("select not exists (select 1 from " + table + ")")
                .query(Boolean.class)
                .single();
    }

    static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        var changed = new TreeSet<String>();
        after.forEach((table, rows) -> {
            if (!rows.equals(before.get(table))) {
                changed.add(table);
            }
        });
        return changed;
    }

    /** Twice the same in a row is still. */
    private static final class Seen {
        private Map<String, String> last;
        private int times;

        Seen(Map<String, String> first) {
            last = first;
        }

        boolean isStill(Map<String, String> now) {
            times = now.equals(last) ? times + 1 : 0;
            last = now;
            return times >= 2;
        }
    }
}
