package org.jiexu.settlement;

import static org.jiexu.settlement.Settlement.until;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jiexu.settlement.Settlement.Reply;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A settlement in a process of its own, with a province of its own beside the shared one: to be killed and started again. */
final class OtherSettlement implements AutoCloseable {
    private static final String NAME = "settlement-to-be-killed";

    private final RegionCode province;
    private final Map<String, Object> settings;
    private final HikariDataSource pool = new HikariDataSource();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = freePort();
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    private @Nullable Process process;

    OtherSettlement(Settlement beside, RegionCode province, List<RegionCode> regions) {
        this.province = province;
        settings = beside.kit.settings(ServiceName.SETTLEMENT, regions);
        var url = setting("spring.datasource.url");
        settings.put("spring.datasource.url", url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + NAME);
        settings.put("jiexu.clearing.provinces", province.value());
        settings.put("jiexu.registry-url", beside.registry.url());
        settings.put("jiexu.issuer", beside.registry.url());
        settings.put("server.port", String.valueOf(port));
        settings.put("jiexu.management.port", "0");
        pool.setJdbcUrl(url);
        pool.setUsername(setting("spring.datasource.username"));
        pool.setPassword(setting("spring.datasource.password"));
        pool.setMaximumPoolSize(3);
        jdbc = JdbcClient.create((DataSource) pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /** Returns when its centre takes part and its door is open. */
    void start(String operator) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SettlementApplication.class.getName()));
        settings.forEach((name, value) -> words.add("--" + name + "=" + value));
        try {
            var log = new File(System.getProperty("java.io.tmpdir"), NAME + "-" + port + ".log");
            log.deleteOnExit();
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        until(() -> isOpen(operator));
    }

    private boolean isOpen(String operator) throws InterruptedException {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("the other settlement has ended by itself");
        }
        try {
            return get(operator, "/api/v1/operations/clearing/" + province + "/quarters")
                                    .status()
                            == 200
                    && !strings("select province from clearing_centre").isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * kill -9 in the middle of a transaction: it has written to one table and cannot write to the next, because that is
     * held here. Returns when the database has noticed that nobody will go on.
     */
    void killBetween(String written, String held, Runnable begin) throws SQLException, InterruptedException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + held + " in share row exclusive mode");
            begin.run();
            until(() -> !strings("""
                select w.pid::text from pg_locks w join pg_locks h on h.pid = w.pid
                 where w.relation = ?::regclass and not w.granted
                   and h.relation = ?::regclass and h.granted and h.mode = 'RowExclusiveLock'
                """, held, written).isEmpty());
            kill();
            connection.rollback();
        }
        until(() -> strings("select pid::text from pg_stat_activity where application_name = ?", NAME)
                .isEmpty());
    }

    private void kill() throws InterruptedException {
        var victim = process;
        if (victim != null) {
            victim.destroyForcibly().waitFor();
        }
    }

    List<String> strings(String sql, Object... parameters) {
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, n) -> row.getString(1))
                .list();
    }

    Reply get(String token, String path) throws InterruptedException {
        return answer(request(token, path).GET().build());
    }

    Reply post(String token, String path, String body) throws InterruptedException {
        return answer(request(token, path).POST(BodyPublishers.ofString(body)).build());
    }

    /** Nobody waits for the answer. */
    void begin(String token, String path, String body) {
        var _ = http.sendAsync(
                request(token, path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private Reply answer(HttpRequest request) throws InterruptedException {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            var body = answer.body().isEmpty() ? "{}" : answer.body();
            return new Reply(answer.statusCode(), JsonMapper.shared().readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String setting(String name) {
        return settings.getOrDefault(name, "").toString();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        pool.close();
    }
}
