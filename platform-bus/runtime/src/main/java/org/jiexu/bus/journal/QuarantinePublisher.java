package org.jiexu.bus.journal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells operators of quarantined records on platform.quarantine.&lt;region&gt;: the original's key, headers and bytes. */
public final class QuarantinePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantinePublisher.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    private record Row(
            long position,
            String topic,
            @Nullable String key,
            String headers,
            @Nullable Bytes value,
            String reason) {}

    public QuarantinePublisher(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void publishPending(Producer<String, byte[]> producer) {
        for (var row : pending()) {
            var region = regionOf(row.topic());
            if (region == null || sent(producer, region, row)) {
                jdbc.sql("update quarantined set published = true where position = :position")
                        .param("position", row.position())
                        .update();
            } else {
                return;
            }
        }
    }

    private boolean sent(Producer<String, byte[]> producer, String region, Row row) {
        var record = new ProducerRecord<String, byte[]>(
                TopicFamily.QUARANTINE.prefix() + "." + region,
                row.key(),
                row.value() == null ? null : row.value().toArray());
        for (JsonNode header : JSON.readTree(row.headers())) {
            record.headers().add(header.get("name").asString(), bytes(header.get("value")));
        }
        record.headers().add("quarantine_reason", row.reason().getBytes(StandardCharsets.UTF_8));
        record.headers().add("quarantine_topic", row.topic().getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get();
            return true;
        } catch (ExecutionException e) {
            LOG.warn("a quarantined record could not be told to operators yet: {}", String.valueOf(e.getCause()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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

    private List<Row> pending() {
        return jdbc.sql("""
            select position, topic, record_key, headers, value, reason from quarantined
             where not published order by position limit 100
            """)
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
