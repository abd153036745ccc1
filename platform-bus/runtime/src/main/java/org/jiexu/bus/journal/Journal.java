package org.jiexu.bus.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The append-only record of what this service said, and the list of positions still to be published. */
public final class Journal {
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final SigningKeys keys;
    private final Clock clock;
    private final Supplier<@Nullable String> traceParent;
    private final int shards;

    record Dated(Event event, Instant time, @Nullable String traceParent) {}

    /** The counter that {@code sequence} runs in. */
    private record Line(String source, String subject, String topic) {}

    public Journal(
            JdbcTemplate jdbc, SigningKeys keys, Clock clock, Supplier<@Nullable String> traceParent, int shards) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
        this.keys = keys;
        this.clock = clock;
        this.traceParent = traceParent;
        this.shards = shards;
    }

    Dated dated(Event event) {
        return new Dated(event, clock.instant().truncatedTo(ChronoUnit.MICROS), traceParent.get());
    }

    /**
     * Signs and writes. The caller holds the lock on the subject's row, so that nobody else counts in the same line; the
     * unique constraint is the wall behind it.
     */
    void write(List<Dated> events) {
        var next = new HashMap<Line, Long>();
        var rows = events.stream().map(dated -> row(dated, next)).toList();
        jdbc.batchUpdate("""
            with said as (
                insert into event_journal (id, topic, source, type, destination, subject, time, sequence,
                                           causation_id, trace_parent, key_id, signature, data, shard)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning shard, position)
            insert into outbox (shard, position) select shard, position from said
            """, rows);
    }

    private Object[] row(Dated dated, Map<Line, Long> next) {
        var event = dated.event();
        var line = new Line(event.source().toString(), event.subject(), event.topic());
        long sequence = next.merge(line, 0L, (known, zero) -> known + 1);
        if (sequence == 0) {
            sequence = lastSequence(line) + 1;
            next.put(line, sequence);
        }
        UUID id = UuidV7.next();
        var envelope = new Envelope(
                        id.toString(),
                        line.source(),
                        EventType.of(event.data()).wireName(),
                        event.to(),
                        event.subject(),
                        dated.time().toString(),
                        sequence,
                        event.causationId(),
                        dated.traceParent(),
                        "",
                        Bytes.of(new byte[0]),
                        WireJson.write(event.data()))
                .signedBy(keys.of(event.source()));
        return new Object[] {
            id,
            event.topic(),
            envelope.source(),
            envelope.type(),
            envelope.to(),
            envelope.subject(),
            envelope.time(),
            sequence,
            envelope.causationId(),
            envelope.traceParent(),
            envelope.keyId(),
            envelope.signature().toArray(),
            envelope.data().toArray(),
            shardOf(event.subject())
        };
    }

    private long lastSequence(Line line) {
        return client.sql("""
            select coalesce(max(sequence), 0) from event_journal
             where source = :source and subject = :subject and topic = :topic
            """)
                .param("source", line.source())
                .param("subject", line.subject())
                .param("topic", line.topic())
                .query(Long.class)
                .single();
    }

    private short shardOf(String subject) {
        return (short) Math.floorMod(subject.hashCode(), shards);
    }

    /** Puts every event from that position on back on the list: topics lost or restored empty are filled again. */
    public int republishFrom(long position) {
        return client.sql("""
            insert into outbox (shard, position)
            select shard, position from event_journal where position >= :position
            on conflict do nothing
            """).param("position", position).update();
    }
}
