package org.jiexu.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** 静止 — whether everything has drained: nothing waits, nothing is parked, nobody is behind, every case has ended. */
final class Rest {
    private static final List<String> ENDS = List.of("COMPLETED", "WITHDRAWN", "DECLINED", "REFUSED");

    private final PostgresUnderFire postgres;
    private final Records records;

    Rest(PostgresUnderFire postgres, Records records) {
        this.postgres = postgres;
        this.records = records;
    }

    /** What still moves or waits, in words; empty when nothing does. */
    List<String> unrest(Load load) {
        var unrest = new ArrayList<String>();
        if (!load.isOver()) {
            unrest.add("clients wait for answers");
        }
        cases(load, unrest);
        var ends = records.ends();
        for (var database : postgres.databases()) {
            if (postgres.has(database, "outbox")) {
                waiting(database, ends, unrest);
            }
        }
        return unrest;
    }

    private void cases(Load load, List<String> unrest) {
        open("transfer_in", "transfer_case", "cases that have not ended", unrest);
        // One that was restored from a copy may have to catch up with the receiving region, which knows the end
        // already.
        open("transfer_out", "outgoing_case", "cases that have not ended in the old region", unrest);
        var followed = postgres.query("transfer_in", "select person from transfer_case where person is not null");
        var missing = load.enrolled();
        followed.forEach(missing::remove);
        if (!missing.isEmpty()) {
            unrest.add(missing.size() + " enrolled persons have no case");
        }
    }

    private void open(String database, String table, String words, List<String> unrest) {
        var open = postgres.query(
                database,
                "select number || ' ' || state from " + table + " where state not in ('" + String.join("', '", ENDS)
                        + "') order by 1 limit 20");
        if (!open.isEmpty()) {
            unrest.add(words + ": " + open);
        }
    }

    private void waiting(String database, Map<TopicPartition, Long> ends, List<String> unrest) {
        var outbox = postgres.query(database, "select count(*) from outbox").getFirst();
        if (!outbox.equals("0")) {
            unrest.add(outbox + " events of " + database + " wait to be published");
        }
        for (var row : postgres.query(database, "select type || ' ' || subject || ' ' || reason from parked_input")) {
            unrest.add(row + " is parked in " + database);
        }
        for (var row : postgres.query(database, "select topic || ' ' || partition || ' ' || next from topic_offset")) {
            var parts = row.split(" ", -1);
            var end = ends.get(new TopicPartition(parts[0], Integer.parseInt(parts[1])));
            if (end == null || Long.parseLong(parts[2]) < end) {
                unrest.add(database + " is behind in " + parts[0]);
            }
        }
    }
}
