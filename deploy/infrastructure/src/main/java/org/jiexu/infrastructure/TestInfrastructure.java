package org.jiexu.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all tests of this JVM, each started when it is first asked for.
 *
 * <p>They run embedded, on free ports, in a temporary directory that goes with the JVM; with
 * {@code -Dinfra=containers} they run in containers. Tests share the servers and keep apart by databases and topics of
 * their own.
 */
public final class TestInfrastructure {

    /** A fresh database and how to reach it. */
    public record Database(String jdbcUrl, String user, String password, String name) {}

    /** A server; {@code urlPrefix} wants a database's name behind it. */
    record PostgresForTests(String urlPrefix, String user, String password) {}

    private static final TestInfrastructure SHARED = new TestInfrastructure();
    private static final int LONGEST_PREFIX = 50;
    private static final Duration OTHER_HOOKS = Duration.ofSeconds(10);

    private final Object postgresLock = new Object();
    private final Object kafkaLock = new Object();
    private final Object endLock = new Object();
    private final AtomicInteger databases = new AtomicInteger();
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable PostgresForTests postgres;
    private @Nullable String bootstrapServers;
    private @Nullable Path directory;

    private TestInfrastructure() {}

    public static TestInfrastructure shared() {
        return SHARED;
    }

    public String bootstrapServers() {
        synchronized (kafkaLock) {
            if (bootstrapServers == null) {
                bootstrapServers = inContainers() ? ContainerInfrastructure.startKafka() : startKafka();
            }
            return bootstrapServers;
        }
    }

    /** A database nobody else in this JVM has; its name begins with {@code prefix}. */
    public Database newDatabase(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]*") || prefix.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("not a plain database name: " + prefix);
        }
        PostgresForTests server = postgres();
        String name = prefix + "_" + databases.incrementAndGet();
        try (var connection =
                        DriverManager.getConnection(server.urlPrefix() + "postgres", server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database " + name, e);
        }
        return new Database(server.urlPrefix() + name, server.user(), server.password(), name);
    }

    /** Creates the topic; one that exists stays as it is. */
    public void createTopic(String name, int partitions, boolean compacted) {
        String policy = compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
        create(List.of(
                new NewTopic(name, partitions, (short) 1).configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, policy))));
    }

    /** Creates these topics of one partition each; those that exist stay as they are. */
    public void createTopics(Collection<String> names) {
        create(names.stream()
                .distinct()
                .map(name -> new NewTopic(name, 1, (short) 1))
                .toList());
    }

    private void create(List<NewTopic> topics) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            for (var created : admin.createTopics(topics).values().entrySet()) {
                await(created.getKey(), created.getValue());
            }
        }
    }

    private static void await(String name, KafkaFuture<Void> created) {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("could not create the topic " + name, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the topic " + name, e);
        }
    }

    private static boolean inContainers() {
        return "containers".equals(System.getProperty("infra"));
    }

    private PostgresForTests postgres() {
        synchronized (postgresLock) {
            if (postgres == null) {
                postgres = inContainers() ? ContainerInfrastructure.startPostgres() : startPostgres();
            }
            return postgres;
        }
    }

    private PostgresForTests startPostgres() {
        var settings = PostgresSettings.fast(directory().resolve("postgres"), Ports.free());
        var server = EmbeddedPostgresServer.start(settings);
        atEnd(server::abandon);
        return new PostgresForTests(server.jdbcUrl(""), server.user(), "");
    }

    private String startKafka() {
        var kafka = EmbeddedKafka.start(directory().resolve("kafka"), Ports.free(), Ports.free());
        atEnd(kafka::close);
        return kafka.bootstrap();
    }

    private Path directory() {
        synchronized (endLock) {
            if (directory == null) {
                directory = createDirectory();
                Path created = directory;
                atEnd.push(() -> delete(created));
                Runtime.getRuntime().addShutdownHook(new Thread(this::end, "test-infrastructure-end"));
            }
            return directory;
        }
    }

    private static Path createDirectory() {
        Path target = Path.of(System.getProperty("basedir", "no-module"), "target");
        try {
            return Files.isDirectory(target)
                    ? Files.createTempDirectory(target.toAbsolutePath(), "infrastructure-")
                    : Files.createTempDirectory("jiexu-infrastructure-");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the test servers", e);
        }
    }

    private void atEnd(Runnable step) {
        synchronized (endLock) {
            atEnd.push(step);
        }
    }

    private void end() {
        awaitSpring();
        synchronized (endLock) {
            while (!atEnd.isEmpty()) {
                atEnd.pop().run();
            }
        }
    }

    /** All hooks run at once: application contexts that Spring's hook closes still want their servers. */
    private static void awaitSpring() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("Spring") && thread.getName().endsWith("ShutdownHook")) {
                try {
                    thread.join(OTHER_HOOKS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void delete(Path tree) {
        try {
            Directories.delete(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + tree, e);
        }
    }
}
