package org.jiexu.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server in processes of its own, with its data in a directory that outlives it.
 *
 * <p>The server outlives a JVM that is killed. The next start in the same directory finds such an orphan, stops it in
 * order and says so; one directory is never served twice, and a living JVM's server is never stopped by another. A
 * server that was killed recovers what was committed. Ctrl-C in a terminal does not reach the server: whoever started
 * it closes it, after the services that use it.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";

    /** Recovery after a crash reads the whole log since the last checkpoint. */
    private static final Duration RECOVERY = Duration.ofMinutes(10);

    private static final Duration ORDERLY_STOP = Duration.ofMinutes(1);
    private static final Duration FORCED_STOP = Duration.ofSeconds(15);
    private static final Duration LEFTOVERS_END = Duration.ofSeconds(15);
    private static final String DUPLICATE_DATABASE = "42P04";

    private final PostgresSettings settings;
    private final PostgresBinaries binaries;
    private final DirectoryLock lock;
    private final ProcessHandle postmaster;
    private boolean closed;

    private EmbeddedPostgresServer(
            PostgresSettings settings, PostgresBinaries binaries, DirectoryLock lock, ProcessHandle postmaster) {
        this.settings = settings;
        this.binaries = binaries;
        this.lock = lock;
        this.postmaster = postmaster;
    }

    /** Starts and returns when connections are accepted; what it found left over goes to the log. */
    public static EmbeddedPostgresServer start(PostgresSettings settings) {
        return start(settings, LOG::warn);
    }

    /** As {@link #start(PostgresSettings)}; {@code notices} hears in one sentence each what was found left over. */
    public static EmbeddedPostgresServer start(PostgresSettings settings, Consumer<String> notices) {
        try {
            Files.createDirectories(settings.directory());
            DirectoryLock lock = DirectoryLock.take(settings.lockFile());
            boolean started = false;
            try {
                var binaries = PostgresBinaries.unpackedIn(settings.binaries());
                clearLeftovers(settings, binaries, notices);
                createCluster(settings, binaries);
                var postmaster = startPostmaster(settings, binaries);
                started = true;
                return new EmbeddedPostgresServer(settings, binaries, lock, postmaster);
            } finally {
                if (!started) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + settings.directory(), e);
        }
    }

    public int port() {
        return settings.port();
    }

    public String user() {
        return USER;
    }

    public Path dataDirectory() {
        return settings.dataDirectory();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + settings.port() + "/" + database;
    }

    /** The postmaster's process id: killing it kills the server. */
    public long processId() {
        return postmaster.pid();
    }

    public boolean isRunning() {
        return Postmaster.isAtWork(postmaster);
    }

    public void createDatabaseIfMissing(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new IllegalStateException("could not create the database " + name, e);
            }
        }
    }

    /** Ends all sessions, writes everything down and returns when the server has ended. */
    @Override
    public synchronized void close() {
        stopAndRelease("INT");
    }

    /** Ends at once and leaves the data to recovery: for data that nobody will read again. */
    synchronized void abandon() {
        stopAndRelease("QUIT");
    }

    private void stopAndRelease(String signal) {
        if (closed) {
            return;
        }
        closed = true;
        // An interrupted caller still gets its server stopped.
        boolean interrupted = Thread.interrupted();
        try (lock) {
            stop(postmaster, settings, binaries, signal);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop in order in " + settings.directory(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void clearLeftovers(PostgresSettings settings, PostgresBinaries binaries, Consumer<String> notices)
            throws IOException {
        Path data = settings.dataDirectory();
        switch (Postmaster.of(data)) {
            case Postmaster.Absent() -> {}
            case Postmaster.Running(var orphan) -> {
                stop(orphan, settings, binaries, "INT");
                notices.accept("stopped PostgreSQL process " + orphan.pid() + ", left running in " + data
                        + " by a process that has ended");
            }
            case Postmaster.Misleading(var why) -> {
                // Safe: we hold the directory's lock, and PostgreSQL still refuses if old sessions share its memory.
                Files.deleteIfExists(Postmaster.file(data));
                notices.accept("removed a left-over postmaster.pid from " + data + ": " + why);
            }
        }
    }

    /** Makes the cluster aside and renames it, so that an interrupted first start is simply repeated. */
    private static void createCluster(PostgresSettings settings, PostgresBinaries binaries) throws IOException {
        Path data = settings.dataDirectory();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        if (Files.exists(data)) {
            throw new IllegalStateException(data + " exists and is not a PostgreSQL data directory");
        }
        Path aside = settings.directory().resolve("data.new");
        Directories.delete(aside);
        String locale = PostgresBinaries.onLinux() ? "C.UTF-8" : "C";
        String sync = settings.durable() ? "--sync-method=fsync" : "--no-sync";
        long logBefore = logSize(settings);
        var words = binaries.command(
                "initdb", "-D", aside.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=" + locale, sync);
        if (run(words, settings) != 0) {
            throw new IllegalStateException("initdb failed (as root it needs the right to make user namespaces):\n"
                    + logSince(settings, logBefore));
        }
        Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ProcessHandle startPostmaster(PostgresSettings settings, PostgresBinaries binaries)
            throws IOException {
        String data = settings.dataDirectory().toString();
        var words = binaries.command(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                Long.toString(RECOVERY.toSeconds()),
                "-D",
                data,
                "-l",
                settings.logFile().toString(),
                "-o",
                serverOptions(settings));
        long start = System.nanoTime();
        while (true) {
            long logBefore = logSize(settings);
            if (run(words, settings) == 0
                    && Postmaster.of(settings.dataDirectory()) instanceof Postmaster.Running(var process)) {
                return process;
            }
            String log = logSince(settings, logBefore);
            if (!isKeptOutByLeftovers(log) || System.nanoTime() - start > LEFTOVERS_END.toNanos()) {
                throw new IllegalStateException("PostgreSQL did not start in " + data + ":\n" + log);
            }
        }
    }

    /** A killed postmaster's sessions need a moment to notice; until then PostgreSQL refuses their directory. */
    private static boolean isKeptOutByLeftovers(String log) {
        return log.contains("lock file \"postmaster.pid\" already exists")
                || log.contains("pre-existing shared memory block");
    }

    private static String serverOptions(PostgresSettings settings) {
        String durable = settings.durable() ? "on" : "off";
        return String.join(
                " ",
                List.of(
                        "-p " + settings.port(),
                        "-c listen_addresses=" + HOST,
                        "-c unix_socket_directories=''",
                        "-c max_connections=" + settings.maxConnections(),
                        "-c shared_buffers=" + settings.sharedBuffers(),
                        "-c fsync=" + durable,
                        "-c synchronous_commit=" + durable,
                        "-c full_page_writes=" + durable));
    }

    private static void stop(ProcessHandle process, PostgresSettings settings, PostgresBinaries binaries, String signal)
            throws IOException {
        if (endsAfter(signal, process, settings, binaries, ORDERLY_STOP)
                || endsAfter("QUIT", process, settings, binaries, FORCED_STOP)) {
            return;
        }
        process.destroyForcibly();
        if (!Waiting.until(() -> !Postmaster.isAtWork(process), FORCED_STOP)) {
            throw new IllegalStateException("PostgreSQL process " + process.pid() + " does not end");
        }
    }

    private static boolean endsAfter(
            String signal, ProcessHandle process, PostgresSettings settings, PostgresBinaries binaries, Duration limit)
            throws IOException {
        if (!Postmaster.isAtWork(process)) {
            return true;
        }
        // The process may end by itself before the signal arrives: what counts is its end.
        run(binaries.command("pg_ctl", "kill", signal, Long.toString(process.pid())), settings);
        return Waiting.until(() -> !Postmaster.isAtWork(process), limit);
    }

    private static int run(List<String> words, PostgresSettings settings) throws IOException {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()))
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + words, e);
        }
    }

    private static long logSize(PostgresSettings settings) throws IOException {
        return Files.exists(settings.logFile()) ? Files.size(settings.logFile()) : 0;
    }

    private static String logSince(PostgresSettings settings, long position) throws IOException {
        try (var log = Files.newInputStream(settings.logFile())) {
            log.skipNBytes(position);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
