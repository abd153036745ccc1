package org.jiexu.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jiexu.sandbox.Sandbox;

/**
 * Counters of the whole platform at one moment: CPU of this JVM (all services, Kafka and the load itself) and of
 * PostgreSQL, bytes of WAL, transactions that wrote, records by family of topics.
 */
record Costs(long cpuNanos, long walBytes, long commits, Map<String, Long> records) {

    static Costs now(Sandbox sandbox) {
        return new Costs(cpu(), wal(sandbox), commits(sandbox), records(sandbox));
    }

    Costs since(Costs before) {
        var more = new HashMap<String, Long>();
        records.forEach((family, count) -> more.put(family, count - before.records.getOrDefault(family, 0L)));
        return new Costs(cpuNanos - before.cpuNanos, walBytes - before.walBytes, commits - before.commits, more);
    }

    long records(String... families) {
        return Stream.of(families)
                .mapToLong(family -> records.getOrDefault(family, 0L))
                .sum();
    }

    private static long cpu() {
        long own =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        long children = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(Path::of)
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .orElse("")
                        .equals("postgres"))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
        return own + children;
    }

    private static long wal(Sandbox sandbox) {
        return number(sandbox, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    /** Each transaction that writes takes one number; this look takes none. */
    private static long commits(Sandbox sandbox) {
        return number(sandbox, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
    }

    private static long number(Sandbox sandbox, String sql) {
        return number(sandbox, "postgres", sql);
    }

    static long number(Sandbox sandbox, String database, String sql) {
        try (var connection = connection(sandbox, database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static Connection connection(Sandbox sandbox, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + sandbox.addresses().postgres() + "/" + database, "postgres", "");
    }

    private static Map<String, Long> records(Sandbox sandbox) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + sandbox.addresses().kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith("platform."))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            var counts = new HashMap<String, Long>();
            consumer.endOffsets(List.copyOf(partitions))
                    .forEach((partition, end) -> counts.merge(partition.topic().split("\\.", -1)[1], end, Long::sum));
            return counts;
        }
    }
}
