package org.jiexu.bus.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JournalTest {
    private static final RegionCode JINING = new RegionCode("370800");
    private static final Source SOURCE = Source.of(JINING, ServiceName.TRANSFER_OUT);
    private static final Instant NOW = Instant.parse("2026-09-14T01:00:00Z");

    private final JdbcTemplate jdbc = migrated();
    private final SigningKeys keys = new SigningKeys(
            JdbcClient.create(jdbc),
            ServiceIdentity.of(ServiceName.TRANSFER_OUT, List.of(JINING)),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final Journal journal = new Journal(jdbc, keys, Clock.fixed(NOW, ZoneOffset.UTC), () -> null, 4);

    @Test
    void manyEventsAtOnceAreNumberedInTheOrderOfSayingAndAllSigned() {
        keys.generateMissing();
        write(List.of("a", "a", "b"));
        write(IntStream.range(0, 500)
                .mapToObj(i -> List.of("a", "b", "c").get(i % 3))
                .toList());

        assertThat(jdbc.queryForList(
                        "select subject || ' ' || max(sequence) || ' ' || count(*) from event_journal"
                                + " group by subject order by subject",
                        String.class))
                .containsExactly("a 169 169", "b 168 168", "c 166 166");
        assertThat(jdbc.queryForList("""
            select count(*) from event_journal j join event_journal k
              on k.subject = j.subject and k.sequence > j.sequence and k.position < j.position
            """, Long.class)).containsExactly(0L);
        assertThat(jdbc.queryForObject("select count(*) from outbox", Long.class))
                .isEqualTo(503);
        var key = keys.of(SOURCE).publicKey();
        assertThat(envelopes()).hasSize(503).allMatch(envelope -> envelope.isSignedBy(key));
    }

    @Test
    void whatNoReaderWouldTakeIsNotSaidAndItsTransactionHasNoEffect() {
        keys.generateMissing();
        var transaction =
                new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        var outbox = new Outbox(journal, idleRelay());
        var small = new TransferPausedV1("OUT-1", "补", NOW);
        var large = new TransferPausedV1("OUT-1", "补".repeat(Envelope.MOST_DATA_BYTES / 3), NOW);

        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    outbox.append(Event.deadline(SOURCE, "small", small));
                    outbox.append(Event.deadline(SOURCE, "large", large));
                }))
                .isInstanceOf(EventTooLarge.class)
                .hasMessageContaining("transfer.paused.v1 of large")
                .hasMessageContaining("262144")
                .hasMessageNotContaining("补");

        assertThat(envelopes()).isEmpty();
        assertThat(Outbox.carries(small)).isTrue();
        assertThat(Outbox.carries(large)).isFalse();
    }

    @Test
    void whatTheBrokerRefusesForItsSizeHoldsUpItsKeyAloneAndIsTriedLessAndLess() {
        keys.generateMissing();
        // More of the key than one batch: the others must not wait behind it.
        write(Stream.concat(Collections.nCopies(600, "large").stream(), Stream.of("a", "b", "large", "c"))
                .toList());
        var broker = new PickyBroker();
        var client = JdbcClient.create(jdbc);
        var transaction =
                new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        try (var relay = new Relay("picky", client, transaction, broker, new CrashPoints())) {
            relay.start();

            await().until(() -> pending().equals(List.of("large 601")));
            assertThat(relay.refusedLines()).isEqualTo(1);
            int tries = broker.refused.get();
            await().until(() -> broker.refused.get() > tries);
            assertThat(Duration.ofNanos(broker.refusedAt.getLast() - broker.refusedAt.get(broker.refusedAt.size() - 2)))
                    .isGreaterThan(Duration.ofMillis(900));

            broker.picky = false;

            await().until(() -> pending().isEmpty());
            assertThat(relay.refusedLines()).isZero();
        }
        // As often as a record was sent again: behind the one that had been refused, all in the order of saying.
        var last = broker.history().stream()
                .filter(record -> record.key().equals("large"))
                .map(JournalTest::sequence)
                .toList();
        assertThat(last.subList(last.size() - 601, last.size()))
                .isEqualTo(LongStream.rangeClosed(1, 601).boxed().toList());
    }

    private List<String> pending() {
        return jdbc.queryForList(
                "select j.subject || ' ' || count(*) from outbox o join event_journal j on j.position = o.position"
                        + " group by j.subject order by 1",
                String.class);
    }

    private static long sequence(ProducerRecord<String, byte[]> record) {
        return Long.parseLong(
                Bytes.of(record.headers().lastHeader("ce_sequence").value()).utf8());
    }

    /** Refuses the first record of the key {@code large} while it is picky, as a broker with a smaller limit would. */
    private static final class PickyBroker extends MockProducer<String, byte[]> {
        final AtomicInteger refused = new AtomicInteger();
        final List<Long> refusedAt = new CopyOnWriteArrayList<>();
        volatile boolean picky = true;

        PickyBroker() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            if (picky && record.key().equals("large") && sequence(record) == 1) {
                refused.incrementAndGet();
                refusedAt.add(System.nanoTime());
                return CompletableFuture.failedFuture(new RecordTooLargeException("larger than the limit"));
            }
            return super.send(record);
        }
    }

    /** Never started, so it may be woken without anything to send to. */
    private Relay idleRelay() {
        var client = JdbcClient.create(jdbc);
        return new Relay("idle", client, new TransactionTemplate(), new MockProducer<>(), new CrashPoints());
    }

    @Test
    void aLongJournalIsListedAgainPageByPageAndTheSameOnceMore() {
        jdbc.execute("""
            insert into event_journal (id, topic, source, type, destination, subject, time, sequence, key_id, signature,
                                       data, shard)
            select gen_random_uuid(), 't', 's', 'y', 'd', 'case', '2026', n, 'k', '', '', n % 3
              from generate_series(1, 20001) n
            """);

        assertThat(journal.republishFrom(2)).isEqualTo(20_000);
        assertThat(journal.republishFrom(1)).isEqualTo(1);
        assertThat(jdbc.queryForList(
                        "select count(*) || ' ' || min(position) || ' ' || max(position) from outbox", String.class))
                .containsExactly("20001 1 20001");
    }

    private void write(List<String> subjects) {
        var events = new ArrayList<Journal.Dated>();
        for (String subject : subjects) {
            events.add(journal.dated(Event.deadline(
                    SOURCE,
                    subject,
                    new DeadlineMissedV1(DeadlineKind.ISSUE, JINING, LocalDate.of(2026, 9, 28), NOW))));
        }
        journal.write(events);
    }

    private List<Envelope> envelopes() {
        return jdbc.query(
                "select * from event_journal",
                (row, n) -> new Envelope(
                        row.getString("id"),
                        row.getString("source"),
                        row.getString("type"),
                        row.getString("destination"),
                        row.getString("subject"),
                        row.getString("time"),
                        row.getLong("sequence"),
                        row.getString("causation_id"),
                        row.getString("trace_parent"),
                        row.getString("key_id"),
                        Bytes.of(row.getBytes("signature")),
                        Bytes.of(row.getBytes("data"))));
    }

    private static JdbcTemplate migrated() {
        var database = TestInfrastructure.shared().newDatabase("journal");
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/bus")
                .load()
                .migrate();
        return new JdbcTemplate(dataSource);
    }
}
