package org.jiexu.bus.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

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
