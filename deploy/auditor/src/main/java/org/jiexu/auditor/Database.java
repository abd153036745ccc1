package org.jiexu.auditor;

import java.util.List;
import java.util.Map;

/** The tables of one database that checks look at. */
public record Database(String name, Map<String, List<Row>> tables) {
    /** The rows of a table; none when the database has no such table. */
    List<Row> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }
}
