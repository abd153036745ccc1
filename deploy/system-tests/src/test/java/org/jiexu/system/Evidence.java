package org.jiexu.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jiexu.sandbox.Sandbox;

/** Raw facts of a running platform: its databases and its topics, read beside the services. */
final class Evidence {
    /** What moves when a message is merely looked at again; everything else is business or journal. */
    private static final List<String> TECHNICAL = List.of(
            "inbox",
            "topic_offset",
            "outbox",
            "scheduled_tasks",
            // Folded into each other each second (docs/operations 2); FiguresStory counts them.
            "case_figure",
            "case_figure_note",
            "case_note",
            "limit_figure",
            "limit_figure_note",
            "flyway_schema_history",
            "directory_position",
            "idempotency_key");

    private final Sandbox sandbox;
    private final List<String> databases;

    Evidence(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.databases =
                query("postgres", "select datname from pg_database where not datistemplate and datname <> 'postgres'");
    }

    String bootstrap() {
        return "127.0.0.1:" + sandbox.addresses().kafka();
    }

    List<String> databases() {
        return databases;
    }

    /** Count and digest of every business table and journal, by database and table. */
    Map<String, String> tables() {
        var tables = new TreeMap<String, String>();
        for (String database : databases) {
            for (String table :
                    query(database, "select table_name from information_schema.tables where table_schema = 'public'")) {
                if (!TECHNICAL.contains(table)) {
                    var digest = query(
                            database,
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
                                    + " from "
                                    + table + " t");
                    tables.put(database + "." + table, digest.getFirst());
                }
            }
        }
        return tables;
    }

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
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + sandbox.addresses().postgres() + "/" + database, "postgres", "");
    }

    /** Every outbox is empty and every service stands at the end of what it reads. */
    boolean isQuiet() {
        try (var consumer = consumer()) {
            for (String database : databases) {
                if (!query(database, "select to_regclass('outbox')::text").contains("outbox")) {
                    continue;
                }
                if (!query(database, "select 1 from outbox limit 1").isEmpty()) {
                    return false;
                }
                for (String row :
                        query(database, "select topic || ' ' || partition || ' ' || next from topic_offset")) {
                    var parts = row.split(" ", -1);
                    var partition = new TopicPartition(parts[0], Integer.parseInt(parts[1]));
                    var end = consumer.endOffsets(List.of(partition)).get(partition);
                    if (end == null || Long.parseLong(parts[2]) < end) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** All records of the topics, in log order. */
    List<ConsumerRecord<String, byte[]>> records(Collection<String> topics) {
        try (var consumer = consumer()) {
            var partitions =
                    topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    List<String> platformTopics() {
        try (var consumer = consumer()) {
            return consumer.listTopics().keySet().stream()
                    .filter(topic -> topic.startsWith("platform."))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** Sends every record once more, byte for byte, in log order per topic. Returns how many. */
    int sendEverythingAgain(Collection<String> topics) {
        var records = records(topics);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var record : records) {
                var _ = producer.send(
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
            }
            producer.flush();
        }
        return records.size();
    }

    /** The sums that must be zero: each region's ledger in each settlement database. */
    Map<String, String> ledgerSums() {
        var sums = new LinkedHashMap<String, String>();
        for (String database : databases) {
            if (database.startsWith("settlement")) {
                for (String row : query(
                        database, "select region || ' ' || sum(amount) from posting_line group by region order by 1")) {
                    var parts = row.split(" ", -1);
                    sums.put(parts[0], parts[1]);
                }
            }
        }
        return sums;
    }

    /** How many inputs are parked, by database; empty when none is. */
    Map<String, List<String>> parked() {
        var parked = new HashMap<String, List<String>>();
        for (String database : databases) {
            if (query(database, "select to_regclass('parked_input')::text").contains("parked_input")) {
                var rows = query(database, "select subject || ' ' || type || ' ' || reason from parked_input");
                if (!rows.isEmpty()) {
                    parked.put(database, rows);
                }
            }
        }
        return parked;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap(), "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
