package org.jiexu.auditor;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import org.jiexu.infrastructure.EmbeddedKafka;
import org.jiexu.infrastructure.EmbeddedPostgresServer;
import org.jiexu.infrastructure.PostgresSettings;

/** A sandbox's PostgreSQL and Kafka by its data directory: those that run, or started for the time of the audit. */
final class SandboxData implements AutoCloseable {
    private static final String MARKER = "jiexu-sandbox.properties";
    private static final int POSTGRES = 20;
    private static final int PATIENCE_MILLIS = 500;

    private final int base;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private SandboxData(int base) {
        this.base = base;
    }

    static SandboxData open(Path directory, PrintStream out) throws IOException {
        var marker = directory.resolve(MARKER);
        if (!Files.exists(marker)) {
            throw new IOException(directory + " is no sandbox's data directory; name another with --data");
        }
        var kept = new Properties();
        try (var in = Files.newInputStream(marker)) {
            kept.load(in);
        }
        var sandbox = new SandboxData(Integer.parseInt(kept.getProperty("port-base")));
        if (!sandbox.isRunning()) {
            out.println("the sandbox is stopped: starting its PostgreSQL and Kafka for the audit");
            sandbox.start(directory);
        }
        return sandbox;
    }

    private boolean isRunning() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + POSTGRES), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void start(Path directory) {
        started.push(
                EmbeddedPostgresServer.start(PostgresSettings.durable(directory.resolve("postgres"), base + POSTGRES)
                        .withBinaries(directory.resolve("postgres-programs"))));
        started.push(EmbeddedKafka.start(directory.resolve("kafka"), base + POSTGRES + 1, base + POSTGRES + 2));
    }

    String kafka() {
        return "127.0.0.1:" + (base + POSTGRES + 1);
    }

    String postgres() {
        return "jdbc:postgresql://127.0.0.1:" + (base + POSTGRES) + "/";
    }

    @Override
    public void close() throws IOException {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                throw new IOException("could not be stopped in order", e);
            }
        }
    }
}
