package org.jiexu.bus.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The append-only record of what this service said, and the list of positions still to be published. */
public final class Journal {
    /** From so many events on a transaction signs on all cores. */
    private static final int MANY = 16;

    private static final int REPUBLISHED_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final SigningKeys keys;
    private final Clock clock;
    private final Supplier<@Nullable String> traceParent;
    private final int shards;

    record Dated(Event event, Instant time, @Nullable String traceParent, Bytes data) {}

    /** The counter that {@code sequence} runs in. */
    private record Line(String source, String subject, String topic) {
        static Line of(Event event) {
            return new Line(event.source().toString(), event.subject(), event.topic());
        }
    }

    private record Numbered(Dated dated, UUID id, long sequence, Sm2KeyPair key) {}

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
        return new Dated(
                event, clock.instant().truncatedTo(ChronoUnit.MICROS), traceParent.get(), WireJson.write(event.data()));
    }

    /**
     * Signs and writes. The caller holds the lock on the subject's row, so that nobody else counts in the same line; the
     * unique constraint is the wall behind it.
     */
    void write(List<Dated> events) {
        var numbered = numbered(events);
        // A signature outweighs everything else: many are made on all cores.
        var rows = (numbered.size() < MANY ? numbered.stream() : numbered.parallelStream())
                .map(this::row)
                .toList();
        jdbc.batchUpdate("""
            with said as (
                insert into event_journal (id, topic, source, type, destination, subject, time, sequence,
                                           causation_id, trace_parent, key_id, signature, data, shard)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning shard, position)
            insert into outbox (shard, position) select shard, position from said
            """, rows);
    }

    /** Ids, numbers and keys in the order of saying, on the caller's thread and connection. */
    private List<Numbered> numbered(List<Dated> events) {
        var last = lastSequences(
                events.stream().map(dated -> Line.of(dated.event())).distinct().toList());
        var numbered = new ArrayList<Numbered>(events.size());
        for (Dated dated : events) {
            long sequence = last.merge(Line.of(dated.event()), 1L, Long::sum);
            numbered.add(new Numbered(
                    dated, UuidV7.next(), sequence, keys.of(dated.event().source())));
        }
        return numbered;
    }

    private Object[] row(Numbered numbered) {
        var dated = numbered.dated();
        var event = dated.event();
        var envelope = new Envelope(
                        numbered.id().toString(),
                        event.source().toString(),
                        EventType.of(event.data()).wireName(),
                        event.to(),
                        event.subject(),
                        dated.time().toString(),
                        numbered.sequence(),
                        event.causationId(),
                        dated.traceParent(),
                        "",
                        Bytes.of(new byte[0]),
                        dated.data())
                .signedBy(numbered.key());
        return new Object[] {
            numbered.id(),
            event.topic(),
            envelope.source(),
            envelope.type(),
            envelope.to(),
            envelope.subject(),
            envelope.time(),
            numbered.sequence(),
            envelope.causationId(),
            envelope.traceParent(),
            envelope.keyId(),
            envelope.signature().toArray(),
            envelope.data().toArray(),
            shardOf(event.subject())
        };
    }

    /** One look for all lines, each by the index of the unique constraint. */
    private Map<Line, Long> lastSequences(List<Line> lines) {
        var last = new HashMap<Line, Long>();
        client.sql("""
            select l.source, l.subject, l.topic, coalesce(
                       (select j.sequence from event_journal j
                         where j.source = l.source and j.subject = l.subject and j.topic = l.topic
                         order by j.sequence desc limit 1), 0) as sequence
              from unnest(:sources::text[], :subjects::text[], :topics::text[]) as l (source, subject, topic)
            """)
                .param("sources", lines.stream().map(Line::source).toArray(String[]::new))
                .param("subjects", lines.stream().map(Line::subject).toArray(String[]::new))
                .param("topics", lines.stream().map(Line::topic).toArray(String[]::new))
                .query((row, n) -> last.put(
                        new Line(row.getString("source"), row.getString("subject"), row.getString("topic")),
                        row.getLong("sequence")))
                .list();
        return last;
    }

    private short shardOf(String subject) {
        return (short) Math.floorMod(subject.hashCode(), shards);
    }

    /**
     * Puts every event from that position on back on the list: topics lost or restored empty are filled again. Page by page,
     * each committed by itself, however long the journal is; begun again from the same position it ends in the same.
     */
    public long republishFrom(long position) {
        long listed = 0;
        long from = position;
        for (var end = endOfPage(from); end.isPresent(); end = endOfPage(from)) {
            listed += client.sql("""
                insert into outbox (shard, position)
                select shard, position from event_journal where position between :from and :to
                on conflict do nothing
                """).param("from", from).param("to", end.get()).update();
            from = end.get() + 1;
        }
        return listed;
    }

    private Optional<Long> endOfPage(long from) {
        return client.sql("""
            select max(position) from (
                select position from event_journal where position >= :from order by position limit :page) page
            """)
                .param("from", from)
                .param("page", REPUBLISHED_AT_ONCE)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }
}
