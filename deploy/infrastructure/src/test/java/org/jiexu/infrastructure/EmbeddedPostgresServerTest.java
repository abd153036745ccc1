package org.jiexu.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private PostgresSettings settings = PostgresSettings.fast(Path.of("unset"), 0);
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void choosePort() {
        settings = PostgresSettings.durable(directory.resolve("postgres"), Ports.free());
    }

    @Test
    void waitsForTheDiskWhenDurable() throws SQLException {
        try (var server = start(settings.withSharedBuffers("32MB"))) {
            assertThat(shown(server, "fsync")).isEqualTo("on");
            assertThat(shown(server, "synchronous_commit")).isEqualTo("on");
            assertThat(shown(server, "full_page_writes")).isEqualTo("on");
            assertThat(shown(server, "max_connections")).isEqualTo("300");
            assertThat(shown(server, "shared_buffers")).isEqualTo("32MB");
            assertThat(shown(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(shown(server, "unix_socket_directories")).isEmpty();
            assertThat(shown(server, "server_encoding")).isEqualTo("UTF8");
        }

        assertThat(notices).isEmpty();
    }

    @Test
    void waitsForNothingWhenNotDurable() throws SQLException {
        var fast = PostgresSettings.fast(settings.directory(), settings.port());

        try (var server = start(fast)) {
            assertThat(shown(server, "fsync")).isEqualTo("off");
            assertThat(shown(server, "synchronous_commit")).isEqualTo("off");
        }
    }

    @Test
    void createsADatabaseOnlyOnce() throws SQLException {
        try (var server = start(settings)) {
            server.createDatabaseIfMissing("registry");
            server.createDatabaseIfMissing("registry");

            assertThat(query(server, "registry", "select current_database()")).isEqualTo("registry");
            assertThatIllegalArgumentException().isThrownBy(() -> server.createDatabaseIfMissing("x; drop table y"));
        }
    }

    @Test
    void keepsCommittedRowsWhenItsProcessIsKilled() throws SQLException {
        var killed = start(settings);
        execute(killed, "create table kept (word text)");
        execute(killed, "insert into kept values ('committed')");

        assertThat(ProcessHandle.of(killed.processId()).orElseThrow().destroyForcibly())
                .isTrue();
        assertThat(Waiting.until(() -> !killed.isRunning(), SOON)).isTrue();
        killed.close();

        try (var again = start(settings)) {
            assertThat(query(again, "postgres", "select word from kept")).isEqualTo("committed");
            assertThat(again.processId()).isNotEqualTo(killed.processId());
        }
    }

    @Test
    void stopsTheOrphanOfAKilledJvmAndSaysSo() throws Exception {
        long orphan;
        try (var jvm = OtherJvm.running(
                PostgresProgram.class, settings.directory().toString(), Integer.toString(settings.port()))) {
            orphan = Long.parseLong(jvm.said(PostgresProgram.READY));
            jvm.kill();
        }
        var process = ProcessHandle.of(orphan).orElseThrow();
        assertThat(Postmaster.isAtWork(process)).isTrue();

        try (var server = start(settings)) {
            assertThat(Postmaster.isAtWork(process)).isFalse();
            assertThat(server.isRunning()).isTrue();
        }

        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("stopped PostgreSQL process " + orphan + ", left running in ");
    }

    @Test
    void leavesTheServerOfALivingJvmAlone() throws Exception {
        try (var jvm = OtherJvm.running(
                PostgresProgram.class, settings.directory().toString(), Integer.toString(settings.port()))) {
            long pid = Long.parseLong(jvm.said(PostgresProgram.READY));

            assertThatIllegalStateException()
                    .isThrownBy(() -> start(settings))
                    .withMessageStartingWith("another process runs a server in ");

            assertThat(Postmaster.isAtWork(ProcessHandle.of(pid).orElseThrow())).isTrue();
            jvm.kill();
        }
        start(settings).close();
    }

    @Test
    void startsAlthoughAStrangerHasTheOldProcessId() throws IOException {
        start(settings).close();
        Files.writeString(
                settings.dataDirectory().resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + settings.dataDirectory() + "\n");

        try (var server = start(settings)) {
            assertThat(server.isRunning()).isTrue();
        }

        assertThat(notices).singleElement().asString().startsWith("removed a left-over postmaster.pid");
    }

    @Test
    void saysWhyItCannotStartAndStartsLaterInTheSameDirectory() throws IOException {
        try (var listener = new ServerSocket(settings.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(listener.isBound()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> start(settings))
                    .withMessageContaining("Address already in use");
        }

        start(settings).close();
    }

    private EmbeddedPostgresServer start(PostgresSettings chosen) {
        return EmbeddedPostgresServer.start(chosen, notices::add);
    }

    private static String shown(EmbeddedPostgresServer server, String setting) throws SQLException {
        return query(server, "postgres", "show " + setting);
    }

    private static String query(EmbeddedPostgresServer server, String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(database), server.user(), "");
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
