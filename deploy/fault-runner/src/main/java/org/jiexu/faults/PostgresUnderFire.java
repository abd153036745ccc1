package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jiexu.infrastructure.EmbeddedPostgresServer;
import org.jiexu.infrastructure.PostgresSettings;
import org.jspecify.annotations.Nullable;

/** The platform's PostgreSQL: killed, started again, and looked into beside the services. */
final class PostgresUnderFire implements AutoCloseable {
    private final PostgresSettings settings;
    private final Consumer<String> notices;
    private volatile @Nullable EmbeddedPostgresServer server;

    PostgresUnderFire(PostgresSettings settings, Consumer<String> notices) {
        this.settings = settings;
        this.notices = notices;
    }

    /** Tries on while sessions of a killed server still hold its memory. */
    void start() {
        server = EmbeddedPostgresServer.start(settings, notices);
    }

    private EmbeddedPostgresServer server() {
        var now = server;
        if (now == null) {
            throw new IllegalStateException("PostgreSQL does not run");
        }
        return now;
    }

    String urlPrefix() {
        return "jdbc:postgresql://127.0.0.1:" + settings.port() + "/";
    }

    String user() {
        return server().user();
    }

    void createDatabase(String name) {
        server().createDatabaseIfMissing(name);
    }

    /** A copy of all data, taken while nobody works. */
    void backUp(Path to) {
        close();
        copy(settings.directory().resolve("data"), to);
        start();
    }

    void restore(Path from) {
        close();
        copy(from, settings.directory().resolve("data"));
        start();
    }

    /** Also owners and modes, which PostgreSQL looks at. */
    private static void copy(Path from, Path to) {
        run("rm", "-rf", to.toString());
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void run(String... words) {
        try {
            int code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", words) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        var now = server;
        return now != null && now.isRunning();
    }

    /** After it has ended by itself. */
    void startAgain() {
        close();
        start();
    }

    /** kill -9 of the postmaster. */
    void kill() {
        var victim = server();
        ProcessHandle.of(victim.processId()).ifPresent(ProcessHandle::destroyForcibly);
        if (!Waiting.until(
                () -> !victim.isRunning(), java.time.Duration.ofSeconds(15), java.time.Duration.ofMillis(20))) {
            throw new IllegalStateException("PostgreSQL does not die");
        }
        // Gives the directory free.
        victim.close();
        server = null;
    }

    @Override
    public void close() {
        var now = server;
        if (now != null) {
            server = null;
            now.close();
        }
    }

    /** The platform's databases. */
    List<String> databases() {
        return query(
                "postgres",
                "select datname from pg_database where not datistemplate and datname <> 'postgres' order by 1");
    }

    boolean has(String database, String table) {
        return query(database, "select to_regclass('public." + table + "')::text")
                .contains(table);
    }

    /** The first column. */
    List<String> query(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(database + ": " + sql, e);
        }
    }

    int update(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(database + ": " + sql, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        var connection = DriverManager.getConnection(
                urlPrefix() + database + "?ApplicationName=fault-runner&connectTimeout=5&socketTimeout=60",
                "postgres",
                "");
        return connection;
    }
}
