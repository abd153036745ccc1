package org.jiexu.bus.inbox;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** 隔离 — keeps what failed a check, bytes untouched, with the reason; the partition moves on. */
final class Quarantine {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    Quarantine(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** PostgreSQL's text holds every character but NUL. */
    private static @Nullable String withoutNul(@Nullable String key) {
        return key == null ? null : key.replace("\u0000", "\uFFFD");
    }

    void keep(ConsumerRecord<String, byte[]> record, String topicId, String reason) {
        var headers = new ArrayList<Map<String, Object>>();
        for (Header header : record.headers()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", header.key());
            if (header.value() != null) {
                entry.put("value", Base64.getEncoder().encodeToString(header.value()));
            }
            headers.add(entry);
        }
        jdbc.sql("""
            insert into quarantined (topic, partition, log_offset, topic_id, record_key, headers, value, reason)
            values (:topic, :partition, :offset, :topicId, :key, :headers::jsonb, :value, :reason)
            on conflict do nothing
            """)
                .param("topic", record.topic())
                .param("partition", record.partition())
                .param("offset", record.offset())
                .param("topicId", topicId)
                .param("key", withoutNul(record.key()))
                .param("headers", JSON.writeValueAsString(headers))
                .param("value", record.value())
                .param("reason", reason)
                .update();
    }
}
