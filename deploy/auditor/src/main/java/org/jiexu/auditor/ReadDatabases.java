package org.jiexu.auditor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that checks look at, of every database of the server; each database in one read-only snapshot. */
final class ReadDatabases {
    /** Without the tables that hold names and certificates: an audit needs none. */
    private static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry("event_journal", "*"),
            Map.entry("outbox", "*"),
            Map.entry("inbox", "id, digest"),
            Map.entry("topic_offset", "*"),
            Map.entry("parked_input", "subject, type, reason, closed_at"),
            Map.entry("quarantined", "topic, partition, log_offset, reason"),
            Map.entry("deadline", "*"),
            Map.entry("published_key", "*"),
            Map.entry("transfer_case", "number, state"),
            Map.entry("outgoing_case", "number, state, person, sending, from_scheme"),
            Map.entry("account", "*"),
            Map.entry("posting", "*"),
            Map.entry("posting_line", "*"),
            Map.entry("posting_hand", "*"),
            Map.entry("sandbox_clock", "business_time"),
            Map.entry("months_entry", "*"),
            Map.entry(
                    "paid_period",
                    "person, region, scheme, to_char(first_month, 'YYYY-MM') as first, to_char(last_month, 'YYYY-MM')"
                            + " as last, agency"),
            Map.entry(
                    "inherited_row",
                    "person, region, scheme, origin, no, to_char(first_month, 'YYYY-MM') as first,"
                            + " to_char(last_month, 'YYYY-MM') as last, months, agency_region"),
            Map.entry(
                    "unmasking",
                    "number, region, subject, role, reason, no, digest,"
                            + " (extract(epoch from at) * 1000000)::bigint as micros"),
            Map.entry("unmasking_head", "*"),
            Map.entry("clearing_debt", "*"));

    private ReadDatabases() {}

    static List<Database> of(String urlPrefix, String user, String password) throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(urlPrefix + "postgres", user, password);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select datname from pg_database where not datistemplate and datname <> 'postgres' order"
                                + " by 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        var databases = new ArrayList<Database>();
        for (var name : names) {
            databases.add(database(name, urlPrefix, user, password));
        }
        return databases;
    }

    private static Database database(String name, String urlPrefix, String user, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(urlPrefix + name, user, password)) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var tables = new HashMap<String, List<Row>>();
            for (var table : TABLES.entrySet()) {
                if (exists(connection, table.getKey())) {
                    tables.put(
                            table.getKey(), rows(connection, "select " + table.getValue() + " from " + table.getKey()));
                }
            }
            connection.rollback();
            return new Database(name, tables);
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, "public." + table);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static List<Row> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(5_000);
            try (var rows = statement.executeQuery(sql)) {
                var all = new ArrayList<Row>();
                while (rows.next()) {
                    all.add(row(rows));
                }
                return all;
            }
        }
    }

    private static Row row(ResultSet rows) throws SQLException {
        var columns = new HashMap<String, @Nullable String>();
        var names = rows.getMetaData();
        for (int i = 1; i <= names.getColumnCount(); i++) {
            columns.put(names.getColumnLabel(i), rows.getString(i));
        }
        return new Row(columns);
    }
}
