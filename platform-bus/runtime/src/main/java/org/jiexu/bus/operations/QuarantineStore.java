package org.jiexu.bus.operations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 隔离与暂存 — what this service keeps out or aside, for people to look at. */
final class QuarantineStore {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Topics of a region end with it; those of everybody concern whoever reads them. */
    private static final String OF_REGION = "(:region = '' or topic like '%.' || :region)";

    private final JdbcClient jdbc;

    QuarantineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param count how many are kept out for the same reason */
    record Kept(long position, String topic, String reason, String headers, Instant at, long count) {
        @Nullable
        String header(String name) {
            for (JsonNode header : JSON.readTree(headers)) {
                if (header.path("name").asString("").equals(name) && header.has("value")) {
                    var bytes = Base64.getDecoder().decode(header.path("value").asString());
                    return PersonMask.line(new String(bytes, StandardCharsets.UTF_8));
                }
            }
            return null;
        }
    }

    /** The newest first, {@code before} that position. */
    List<Kept> kept(String region, @Nullable String reason, long before, int limit) {
        return jdbc.sql("""
            with counted as materialized (
                select split_part(reason, ':', 1) as code, count(*) as n
                  from quarantined where resolved_at is null group by 1)
            select q.position, q.topic, q.reason, q.headers::text as headers, q.at, counted.n
              from quarantined q join counted on counted.code = split_part(q.reason, ':', 1)
             where q.resolved_at is null and q.position < :before and %s
               and (:reason::text is null or split_part(q.reason, ':', 1) = :reason)
             order by q.position desc limit :limit
            """.formatted(OF_REGION))
                .param("region", region)
                .param("reason", reason)
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new Kept(
                        row.getLong("position"),
                        row.getString("topic"),
                        row.getString("reason"),
                        row.getString("headers"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getLong("n")))
                .list();
    }

    Optional<Kept> find(String region, long position) {
        return jdbc.sql("""
            select position, topic, reason, headers::text as headers, at, 1 as n from quarantined
             where position = :position and %s
            """.formatted(OF_REGION))
                .param("region", region)
                .param("position", position)
                .query((row, n) -> new Kept(
                        row.getLong("position"),
                        row.getString("topic"),
                        row.getString("reason"),
                        row.getString("headers"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getLong("n")))
                .optional();
    }

    byte @Nullable [] value(long position) {
        return jdbc.sql("select value from quarantined where position = :position")
                .param("position", position)
                .query((row, n) -> Optional.ofNullable(row.getBytes("value")))
                .single()
                .orElse(null);
    }

    List<Long> positions(String region, @Nullable String reason, List<Long> ids, int limit) {
        return jdbc.sql("""
            select position from quarantined
             where resolved_at is null and %s
               and (position = any(:ids) or split_part(reason, ':', 1) = :reason::text)
             order by position limit :limit
            """.formatted(OF_REGION))
                .param("region", region)
                .param("reason", reason)
                .param("ids", ids.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, n) -> row.getLong("position"))
                .list();
    }

    /** 暂存: what is impossible in the present state of its case. */
    record Parked(long position, String subject, String type, String reason, Instant since) {}

    List<Parked> parked(String region, long after, int limit) {
        return jdbc.sql("""
            select position, subject, type, reason, parked_at from parked_input
             where position > :after and closed_at is null and (:region = '' or destination = :region)
             order by position limit :limit
            """)
                .param("region", region)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Parked(
                        row.getLong("position"),
                        row.getString("subject"),
                        row.getString("type"),
                        row.getString("reason"),
                        row.getObject("parked_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
