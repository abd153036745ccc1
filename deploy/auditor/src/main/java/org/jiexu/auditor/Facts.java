package org.jiexu.auditor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything an audit looks at.
 *
 * @param said all records of the platform's topics, in log order by partition
 * @param unreadable records that are no event of this platform, by place
 * @param ends next offset of each partition, by {@code topic-partition}
 */
public record Facts(
        List<Said> said,
        List<String> unreadable,
        Map<String, Long> ends,
        List<Database> databases,
        List<Asked> history) {

    Stream<Said> ofType(String type) {
        return said.stream().filter(one -> one.type().equals(type));
    }

    /** A table's rows in all databases. */
    Stream<Row> all(String table) {
        return databases.stream().flatMap(database -> database.rows(table).stream());
    }
}
