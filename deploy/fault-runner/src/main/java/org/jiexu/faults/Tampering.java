package org.jiexu.faults;

import java.util.List;

/** 篡改 — what a superuser changes in a row while no trigger looks, and which invariant must then be told as broken (F26). */
enum Tampering {
    AMOUNT(
            "I1",
            "settlement",
            "posting_line",
            "update posting_line set amount = amount + 1 where (posting, line) ="
                    + " (select posting, line from posting_line order by posting desc, line limit 1)"),
    EVENT(
            "I4",
            "settlement",
            "event_journal",
            "delete from event_journal where position = (select max(position) from event_journal)"),
    CASE(
            "I2",
            "transfer_in",
            "transfer_case",
            "delete from transfer_case where number = (select max(number) from transfer_case)");

    private final String breaks;
    private final String database;
    private final String table;
    private final String change;

    Tampering(String breaks, String database, String table, String change) {
        this.breaks = breaks;
        this.database = database;
        this.table = table;
        this.change = change;
    }

    void in(PostgresUnderFire postgres) {
        postgres.update(
                database,
                "alter table " + table + " disable trigger all; " + change + "; alter table " + table
                        + " enable trigger all");
    }

    /** Whether a verdict with these lines has noticed. */
    boolean isNamedBy(List<String> broken) {
        return broken.stream().anyMatch(line -> line.startsWith(breaks + ":"));
    }
}
