package org.jiexu.bus.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.journal.Journal;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** A consumer that something goes wrong with takes messages again by itself, from where the database stands. */
class ConsumerStory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static final CrashPoints CRASH_POINTS = new CrashPoints();
    private static final TestInfrastructure INFRASTRUCTURE = TestInfrastructure.shared();
    private static KafkaProducer<String, byte[]> producer;
    private static Admin admin;
    private static HikariDataSource pool;
    private static Unreliable database;
    private static JdbcClient jdbc;

    private final String topic = "story." + TOPICS.incrementAndGet();
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final List<EventConsumer> consumers = new ArrayList<>();

    /** Gives no connection as often as it was told to. */
    private static final class Unreliable extends DelegatingDataSource {
        private final AtomicInteger failures = new AtomicInteger();

        Unreliable(HikariDataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("away");
            }
            return super.getConnection();
        }
    }

    @BeforeAll
    static void start() {
        var config = new HikariConfig();
        var fresh = INFRASTRUCTURE.newDatabase("consumer");
        config.setJdbcUrl(fresh.jdbcUrl());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).locations("classpath:db/bus").load().migrate();
        database = new Unreliable(pool);
        jdbc = JdbcClient.create(pool);
        admin = Admin.create(Map.of("bootstrap.servers", INFRASTRUCTURE.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", INFRASTRUCTURE.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        admin.close();
        pool.close();
    }

    @AfterEach
    void end() {
        consumers.forEach(EventConsumer::close);
        database.failures.set(0);
        CRASH_POINTS.disarm();
    }

    @Test
    void takesMessagesAlthoughTheFirstLooksAtItsPlaceFailed() {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        send(3);
        database.failures.set(3);

        consumer("a", "1");

        awaitTaken(3);
        assertThat(database.failures).hasValue(0);
    }

    @Test
    void saysThatTheBrokerDoesNotAnswerAlsoBeforeItHasReadAnything() {
        var nowhere = "127.0.0.1:1";
        try (var deaf = Admin.create(
                Map.of("bootstrap.servers", nowhere, "request.timeout.ms", "300", "default.api.timeout.ms", "300"))) {
            var consumer = consumer("f", "1", nowhere, deaf);

            await().atMost(PATIENCE)
                    .until(() -> consumer.troubles().stream()
                            .anyMatch(trouble -> trouble.now()
                                    .filter(reason -> reason.startsWith("the broker does not answer"))
                                    .isPresent()));
        }
    }

    @Test
    void beginsAgainAfterAnErrorThatEndedIt() {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        var consumer = consumer("b", "1");
        send(1);
        awaitTaken(1);

        var ended = new AtomicInteger();
        CRASH_POINTS.arm("inbox.before-commit", 1, () -> {
            ended.incrementAndGet();
            throw new OutOfMemoryError("as if");
        });
        send(2);

        awaitTaken(3);
        assertThat(ended).hasValue(1);
        assertThat(consumer.isRunning()).isTrue();
    }

    @Test
    void twoInstancesOfOneNameWorkBesideEachOther() {
        INFRASTRUCTURE.createTopic(topic, 2, false);
        var first = consumer("c", "same");
        send(1);
        awaitTaken(1);

        var second = consumer("c", "same");

        await().atMost(PATIENCE).until(() -> members("c." + topic) == 2);
        send(1);
        send(1, 1);
        awaitTaken(3);
        assertThat(List.of(first.isRunning(), second.isRunning())).containsExactly(true, true);
    }

    @Test
    void standsBehindTheMarkersOfTransactionsWhichAreNoRecords() throws Exception {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        consumer("d", "1");

        try (var careful = new KafkaProducer<>(
                Map.of("bootstrap.servers", INFRASTRUCTURE.bootstrapServers(), "transactional.id", "story-" + topic),
                new StringSerializer(),
                new ByteArraySerializer())) {
            careful.initTransactions();
            careful.beginTransaction();
            careful.send(new ProducerRecord<>(topic, 0, null, "{".getBytes(StandardCharsets.UTF_8)))
                    .get();
            careful.commitTransaction();
        }

        await().atMost(PATIENCE).until(() -> next().equals(List.of(2L)));
    }

    @Test
    void readsATopicThatWasMadeAnewFromItsBeginning() throws Exception {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        consumer("e", "1");
        send(3);
        awaitTaken(3);

        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(topic));
        INFRASTRUCTURE.createTopic(topic, 1, false);
        send(2);

        awaitTaken(5);
    }

    @Test
    void whoLooksLateDoesNotTakeTheOwnersProgressForAnotherLog() {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        send(3);
        var offsets = new TopicOffsets(jdbc);
        placed(offsets, ends -> ends);
        assertThat(next()).containsExactly(0L);
        move(0, 2);

        // Between the two looks the owner takes the third record and one that comes then.
        placed(offsets, ends -> {
            move(2, 4);
            return ends;
        });

        assertThat(next()).containsExactly(4L);
    }

    @Test
    void aShorterLogIsReadFromItsBeginningUnlessAnotherHasMovedMeanwhile() {
        INFRASTRUCTURE.createTopic(topic, 1, false);
        var offsets = new TopicOffsets(jdbc);
        placed(offsets, ends -> ends);
        move(0, 9);

        placed(offsets, ends -> {
            move(9, 10);
            return 5L;
        });
        assertThat(next()).containsExactly(10L);

        placed(offsets, _ -> 5L);
        assertThat(next()).containsExactly(0L);
    }

    private interface End {
        Long seen(Long end);
    }

    /** As a consumer to which the partition is given, and which is told that end of its log. */
    private void placed(TopicOffsets offsets, End end) {
        var positions = new Positions();
        try (var consumer = new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
                return Map.of(partition, end.seen(3L));
            }
        }) {
            consumer.assign(List.of(partition));
            new Placement(offsets, admin, positions).place(List.of(partition), consumer);
        }
    }

    private void move(long from, long to) {
        new TopicOffsets(jdbc).move(List.of(new Positions.Move(partition, from, to)));
    }

    private List<Long> next() {
        return jdbc.sql("select next from topic_offset where topic = :topic order by partition")
                .param("topic", topic)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private void send(int records) {
        send(0, records);
    }

    private void send(int to, int records) {
        for (int i = 0; i < records; i++) {
            var _ = producer.send(new ProducerRecord<>(topic, to, null, "{".getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
    }

    /** Each is none that the platform understands, and so it is kept out: once. */
    private void awaitTaken(long records) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from quarantined where topic = :topic")
                                .param("topic", topic)
                                .query(Long.class)
                                .single()
                        == records);
    }

    private static int members(String group) throws InterruptedException {
        try {
            return (int) admin
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .values()
                    .iterator()
                    .next()
                    .get()
                    .members()
                    .stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (ExecutionException e) {
            return 0;
        }
    }

    private EventConsumer consumer(String group, String instance) {
        return consumer(group, instance, INFRASTRUCTURE.bootstrapServers(), admin);
    }

    private EventConsumer consumer(String group, String instance, String brokers, Admin asked) {
        var offsets = new TopicOffsets(JdbcClient.create(database));
        var intake = intake(offsets);
        var factory = new DefaultKafkaConsumerFactory<>(
                BusConfiguration.consumerSettings(brokers), new StringDeserializer(), new ByteArrayDeserializer());
        var consumer = new EventConsumer(
                instance,
                (name, trouble) -> new Member(
                        group + "." + topic,
                        name,
                        factory,
                        Subscription.of(List.of(topic)),
                        intake,
                        positions -> new Placement(offsets, asked, positions),
                        trouble));
        consumers.add(consumer);
        consumer.start();
        return consumer;
    }

    private static BatchIntake intake(TopicOffsets offsets) {
        var client = JdbcClient.create(database);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        var identity = ServiceIdentity.of(ServiceName.TRANSFER_OUT, List.of(new RegionCode("370800")));
        var journal = new Journal(
                new JdbcTemplate(database),
                new SigningKeys(client, identity, Clock.systemUTC()),
                Clock.systemUTC(),
                () -> null,
                1);
        var relay = new Relay("story", client, transaction, new MockProducer<>(), new CrashPoints());
        return new BatchIntake(
                transaction,
                offsets,
                new Inbox(client),
                new Parking(client, new StaticListableBeanFactory().getBeanProvider(EventHandler.class)),
                new Quarantine(client),
                new Verifier(new Directory(), _ -> true),
                new NeverAsked(),
                new Outbox(journal, relay),
                CRASH_POINTS);
    }

    private static final class NeverAsked implements EventHandler {
        @Override
        public Subscription subscription() {
            throw new AssertionError("not asked");
        }

        @Override
        public boolean hears(EventType type) {
            return true;
        }

        @Override
        public Answer handle(Received received) {
            throw new AssertionError("nothing here passes verification");
        }
    }
}
