package org.jiexu.auditor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything an audit looks at.
 *
 * @param said all records of the platform's topics, in log order by partition
 * @param unreadable records that are no event of this platform, by place
 * @param ends next offset of each partition, by {@code topic-partition}
 * @param outputs what was written down for people, and whom it must not name
 */
public record Facts(
        List<Said> said,
        List<String> unreadable,
        Map<String, Long> ends,
        List<Database> databases,
        List<Asked> history,
        Outputs outputs) {
    /** Nothing was written down that could name somebody. */
    public Facts(
            List<Said> said,
            List<String> unreadable,
            Map<String, Long> ends,
            List<Database> databases,
            List<Asked> history) {
        this(said, unreadable, ends, databases, history, Outputs.NONE);
    }

    public Facts with(Outputs written) {
        return new Facts(said, unreadable, ends, databases, history, written);
    }

    /** Without what a reader has put aside: it says nothing to anybody. */
    Stream<Said> ofType(String type) {
        var aside = all("quarantined")
                .map(row -> row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset"))
                .collect(Collectors.toSet());
        return said.stream().filter(one -> one.type().equals(type) && !aside.contains(one.place()));
    }

    /** A table's rows in all databases. */
    Stream<Row> all(String table) {
        return databases.stream().flatMap(database -> database.rows(table).stream());
    }
}
