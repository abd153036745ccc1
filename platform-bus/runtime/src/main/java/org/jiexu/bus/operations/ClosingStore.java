package org.jiexu.bus.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 报文处置 — what people decide about messages that wait or were kept out, and the messages that are meant. */
final class ClosingStore {
    enum Kind {
        PARKED,
        QUARANTINED
    }

    enum State {
        PREPARED,
        DONE,
        REFUSED
    }

    /** @param message the position of the message in its own table */
    record Closing(
            long id,
            Kind kind,
            long message,
            String topic,
            @Nullable String type,
            @Nullable String subject,
            String reason,
            State state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    /** The message as its closing names it; only headers' words, no content. */
    record Meant(
            String topic, @Nullable String type, @Nullable String subject) {}

    private final JdbcClient jdbc;

    ClosingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks a parked message that still waits; empty when it has moved on or is closed. */
    Optional<Meant> lockParked(String region, long message) {
        return jdbc.sql("""
            select topic, type, subject from parked_input
             where position = :message and closed_at is null and (:region = '' or destination = :region) for update
            """)
                .param("message", message)
                .param("region", region)
                .query((row, n) -> new Meant(row.getString("topic"), row.getString("type"), row.getString("subject")))
                .optional();
    }

    /** Locks a record that is still kept out; false when it was replayed or is closed. */
    boolean lockKept(long message) {
        return jdbc.sql("select 1 from quarantined where position = :message and resolved_at is null for update")
                .param("message", message)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** False when it is prepared or done already. */
    boolean insert(Kind kind, long message, String region, Meant meant, String reason, String by) {
        return jdbc.sql("""
            insert into message_closing (kind, message, region, topic, type, subject, reason, prepared_by)
            values (:kind, :message, :region, :topic, :type, :subject, :reason, :by)
            on conflict (kind, message) where state <> 'REFUSED' do nothing
            """)
                        .param("kind", kind.name())
                        .param("message", message)
                        .param("region", region)
                        .param("topic", meant.topic())
                        .param("type", meant.type())
                        .param("subject", meant.subject())
                        .param("reason", reason)
                        .param("by", by)
                        .update()
                == 1;
    }

    Optional<Closing> lockPrepared(Kind kind, String region, long message) {
        return jdbc.sql("""
            select * from message_closing
             where kind = :kind and message = :message and region = :region and state = 'PREPARED' for update
            """)
                .param("kind", kind.name())
                .param("message", message)
                .param("region", region)
                .query(ClosingStore::read)
                .optional();
    }

    void decide(long id, State state, String by) {
        jdbc.sql("update message_closing set state = :state, decided_by = :by, decided_at = now() where id = :id")
                .param("state", state.name())
                .param("by", by)
                .param("id", id)
                .update();
    }

    /** From now on nobody is told of it. */
    void closeMessage(Kind kind, long message, String by) {
        var sql = switch (kind) {
            case PARKED -> "update parked_input set closed_at = now() where position = :message";
            case QUARANTINED ->
                "update quarantined set resolved_at = now(), resolved_by = :by where position = :message";
        };
        jdbc.sql(sql).param("message", message).param("by", by).update();
    }

    /** Prepared and not decided yet, by message. */
    Map<Long, Closing> prepared(Kind kind, Collection<Long> messages) {
        return jdbc
                .sql("select * from message_closing where kind = :kind and message = any(:messages)"
                        + " and state = 'PREPARED'")
                .param("kind", kind.name())
                .param("messages", messages.toArray(Long[]::new))
                .query(ClosingStore::read)
                .list()
                .stream()
                .collect(Collectors.toMap(Closing::message, Function.identity()));
    }

    /** The newest of a message. */
    Optional<Closing> last(Kind kind, String region, long message) {
        return jdbc.sql("""
            select * from message_closing
             where kind = :kind and message = :message and region = :region order by id desc limit 1
            """)
                .param("kind", kind.name())
                .param("message", message)
                .param("region", region)
                .query(ClosingStore::read)
                .optional();
    }

    /** The newest first, {@code before} that id; also those of messages that have gone their way since. */
    List<Closing> all(String region, long before, int limit) {
        return jdbc.sql("""
            select * from message_closing where region = :region and id < :before order by id desc limit :limit
            """)
                .param("region", region)
                .param("before", before)
                .param("limit", limit)
                .query(ClosingStore::read)
                .list();
    }

    private static Closing read(ResultSet row, int n) throws SQLException {
        var decided = row.getObject("decided_at", OffsetDateTime.class);
        return new Closing(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getLong("message"),
                row.getString("topic"),
                row.getString("type"),
                row.getString("subject"),
                row.getString("reason"),
                State.valueOf(row.getString("state")),
                row.getString("prepared_by"),
                row.getObject("prepared_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant());
    }
}
