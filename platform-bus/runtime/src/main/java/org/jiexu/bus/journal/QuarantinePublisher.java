package org.jiexu.bus.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jiexu.bus.service.Trouble;
import org.jiexu.bus.service.Worker;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells operators of quarantined records on platform.quarantine.&lt;region&gt;: the original's key, headers and bytes. A
 * record that does not fit there with its reason is told without its bytes, by size and digest; they stay in the table.
 * One instance at a time tells; a region whose topic does not take records holds up no other.
 */
public final class QuarantinePublisher extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantinePublisher.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LOCK_SPACE = 4712;
    private static final int BATCH = 100;
    private static final int MOST_REFUSALS = 3;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_PART = 1024;
    private static final int MOST_HEADERS = 32;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Producer<String, byte[]> producer;
    private final Trouble trouble = new Trouble("the topic of quarantined records", LOG, GRACE);
    private Duration pause = PAUSE;

    private record Row(
            long position,
            String topic,
            @Nullable String key,
            String headers,
            @Nullable Bytes value,
            String reason) {}

    public QuarantinePublisher(
            String name, JdbcClient jdbc, TransactionTemplate transaction, Producer<String, byte[]> producer) {
        super(name + "-quarantine", AFTER_FAILURE);
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.producer = producer;
    }

    /** What may keep operators' topic from being told. */
    public Trouble trouble() {
        return trouble;
    }

    @Override
    protected Duration round() {
        if (!isAnyUntold()) {
            pause = PAUSE;
            trouble.over();
            return PAUSE;
        }
        var told = transaction.execute(_ -> isMyTurn() ? publishPending() : 0);
        if (told == null || told < 0) {
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return pause;
        }
        return told == BATCH ? Duration.ZERO : PAUSE;
    }

    private boolean isAnyUntold() {
        return jdbc.sql("select exists (select 1 from quarantined where not published)")
                .query(Boolean.class)
                .single();
    }

    /** True for one transaction at a time, until it ends: two instances do not tell the same twice. */
    private boolean isMyTurn() {
        return jdbc.sql("select pg_try_advisory_xact_lock(:space, 0)")
                .param("space", LOCK_SPACE)
                .query(Boolean.class)
                .single();
    }

    /** How many were told; -1 when a topic did not take them. */
    private int publishPending() {
        var refusing = new LinkedHashSet<String>();
        int told = 0;
        for (var rows = pending(refusing); !rows.isEmpty(); rows = pending(refusing)) {
            int before = refusing.size();
            for (var row : rows) {
                if (!refusing.contains(row.topic())) {
                    if (isTold(row)) {
                        told++;
                    } else {
                        refusing.add(row.topic());
                    }
                }
            }
            if (refusing.size() == before || refusing.size() >= MOST_REFUSALS || told >= BATCH) {
                break;
            }
        }
        return refusing.isEmpty() ? told : -1;
    }

    private boolean isTold(Row row) {
        var region = regionOf(row.topic());
        if (region != null && !sent(TopicFamily.QUARANTINE.prefix() + "." + region, row)) {
            return false;
        }
        jdbc.sql("update quarantined set published = true where position = :position")
                .param("position", row.position())
                .update();
        return true;
    }

    private boolean sent(String topic, Row row) {
        try {
            try {
                producer.send(whole(topic, row)).get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RecordTooLargeException)) {
                    throw e;
                }
                producer.send(inShort(topic, row)).get();
            }
            return true;
        } catch (ExecutionException e) {
            trouble.found(topic + " does not take records: "
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProducerRecord<String, byte[]> whole(String topic, Row row) {
        var record = new ProducerRecord<String, byte[]>(
                topic, row.key(), row.value() == null ? null : row.value().toArray());
        for (JsonNode header : JSON.readTree(row.headers())) {
            record.headers().add(header.get("name").asString(), bytes(header.get("value")));
        }
        return withReason(record, row);
    }

    /** Without its bytes, and without what is overlong beside them. */
    private static ProducerRecord<String, byte[]> inShort(String topic, Row row) {
        var key = row.key();
        var record = new ProducerRecord<String, byte[]>(
                topic, key == null || key.length() > LONGEST_NAME ? null : key, (byte[]) null);
        int kept = 0;
        for (JsonNode header : JSON.readTree(row.headers())) {
            var name = header.get("name").asString();
            var value = bytes(header.get("value"));
            if (kept < MOST_HEADERS
                    && name.length() <= LONGEST_NAME
                    && (value == null || value.length <= LONGEST_PART)) {
                record.headers().add(name, value);
                kept++;
            }
        }
        var value = row.value() == null ? new byte[0] : row.value().toArray();
        var omitted = "%d bytes, SHA-256 %s, kept in table quarantined at position %d"
                .formatted(value.length, sha256(value), row.position());
        record.headers().add("quarantine_omitted", omitted.getBytes(StandardCharsets.UTF_8));
        return withReason(record, row);
    }

    private static ProducerRecord<String, byte[]> withReason(ProducerRecord<String, byte[]> record, Row row) {
        record.headers().add("quarantine_reason", row.reason().getBytes(StandardCharsets.UTF_8));
        record.headers().add("quarantine_topic", row.topic().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable JsonNode base64) {
        return base64 == null ? null : Base64.getDecoder().decode(base64.asString());
    }

    private static @Nullable Bytes value(byte @Nullable [] stored) {
        return stored == null ? null : Bytes.of(stored);
    }

    /** Topics without a region have no quarantine topic of their own: the table alone shows them. */
    private static @Nullable String regionOf(String topic) {
        for (TopicFamily family : TopicFamily.values()) {
            if (family.isPerRegion() && topic.startsWith(family.prefix() + ".")) {
                return topic.substring(family.prefix().length() + 1);
            }
        }
        return null;
    }

    private List<Row> pending(Set<String> refusing) {
        return jdbc.sql("""
            select position, topic, record_key, headers, value, reason from quarantined
             where not published and topic <> all(:refusing) order by position limit :batch
            """)
                .param("refusing", refusing.toArray(String[]::new))
                .param("batch", BATCH)
                .query((row, n) -> new Row(
                        row.getLong("position"),
                        row.getString("topic"),
                        row.getString("record_key"),
                        row.getString("headers"),
                        value(row.getBytes("value")),
                        row.getString("reason")))
                .list();
    }
}
