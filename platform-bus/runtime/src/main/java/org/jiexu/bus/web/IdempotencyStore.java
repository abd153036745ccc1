package org.jiexu.bus.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code idempotency_key}. All times are the database's own clock: technical time, one for all instances. */
final class IdempotencyStore {
    private static final int TRIES = 3;

    private final JdbcClient jdbc;
    private final Duration patience;

    IdempotencyStore(JdbcClient jdbc, Duration patience) {
        this.jdbc = jdbc;
        this.patience = patience;
    }

    /** Whose turn it is. Committed at once: the filter runs outside any transaction. */
    sealed interface Turn {
        /** The work is ours; {@code fence} proves it when the outcome is written. */
        record Ours(OffsetDateTime fence) implements Turn {}

        record Answered(
                int status,
                @Nullable String contentType,
                Bytes body,
                @Nullable String location) implements Turn {}

        /** The work was committed and its answer lost: a crash in between. */
        record Created(String location) implements Turn {}

        record InFlight() implements Turn {}

        record OtherRequest() implements Turn {}
    }

    private record Row(
            Bytes hash,
            boolean done,
            @Nullable String location,
            int status,
            @Nullable String contentType,
            Bytes body,
            boolean abandoned) {}

    Turn turn(String client, String key, Bytes hash) {
        for (int i = 0; i < TRIES; i++) {
            var inserted = insert(client, key, hash);
            if (inserted != null) {
                return new Turn.Ours(inserted);
            }
            var row = find(client, key);
            if (row == null) {
                continue; // Released between the two statements.
            }
            if (!row.hash().equals(hash)) {
                return new Turn.OtherRequest();
            }
            if (row.done()) {
                return new Turn.Answered(row.status(), row.contentType(), row.body(), row.location());
            }
            if (!row.abandoned()) {
                return new Turn.InFlight();
            }
            if (row.location() != null) {
                return new Turn.Created(row.location());
            }
            var taken = takeOver(client, key);
            if (taken != null) {
                return new Turn.Ours(taken);
            }
        }
        return new Turn.InFlight();
    }

    private @Nullable OffsetDateTime insert(String client, String key, Bytes hash) {
        return jdbc.sql("""
            insert into idempotency_key (client, key, request_hash, state, started_at)
            values (:client, :key, :hash, 'IN_FLIGHT', clock_timestamp())
            on conflict do nothing
            returning started_at
            """)
                .param("client", client)
                .param("key", key)
                .param("hash", hash.toArray())
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
    }

    private @Nullable Row find(String client, String key) {
        return jdbc.sql("""
            select request_hash, state, location, response_status, response_content_type, response_body,
                   started_at < clock_timestamp() - make_interval(secs => :patience) as abandoned
              from idempotency_key
             where client = :client and key = :key
            """)
                .param("client", client)
                .param("key", key)
                .param("patience", seconds(patience))
                .query((result, index) -> row(result))
                .optional()
                .orElse(null);
    }

    private static Row row(ResultSet result) throws SQLException {
        byte[] body = result.getBytes("response_body");
        return new Row(
                Bytes.of(result.getBytes("request_hash")),
                result.getString("state").equals("DONE"),
                result.getString("location"),
                result.getInt("response_status"),
                result.getString("response_content_type"),
                body == null ? Bytes.of(new byte[0]) : Bytes.of(body),
                result.getBoolean("abandoned"));
    }

    /** One of several takers wins; waits for the work's transaction if that is just writing the location. */
    private @Nullable OffsetDateTime takeOver(String client, String key) {
        return jdbc.sql("""
            update idempotency_key
               set started_at = clock_timestamp()
             where client = :client and key = :key and state = 'IN_FLIGHT' and location is null
               and started_at < clock_timestamp() - make_interval(secs => :patience)
            returning started_at
            """)
                .param("client", client)
                .param("key", key)
                .param("patience", seconds(patience))
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
    }

    /** In the work's transaction. False: somebody else has taken the work over. */
    boolean created(String client, String key, OffsetDateTime fence, String location) {
        return jdbc.sql("""
            update idempotency_key
               set location = :location
             where client = :client and key = :key and started_at = :fence and state = 'IN_FLIGHT'
            """)
                        .param("client", client)
                        .param("key", key)
                        .param("fence", fence)
                        .param("location", location)
                        .update()
                == 1;
    }

    void answered(String client, String key, OffsetDateTime fence, Turn.Answered answer) {
        jdbc.sql("""
            update idempotency_key
               set state = 'DONE', response_status = :status, response_content_type = :contentType,
                   response_body = :body, location = coalesce(location, :location)
             where client = :client and key = :key and started_at = :fence and state = 'IN_FLIGHT'
            """)
                .param("client", client)
                .param("key", key)
                .param("fence", fence)
                .param("status", answer.status())
                .param("contentType", answer.contentType())
                .param("body", answer.body().toArray())
                .param("location", answer.location())
                .update();
    }

    /** No final answer came of it: the client may try again. What was created after all answers at once. */
    void release(String client, String key, OffsetDateTime fence) {
        jdbc.sql("""
            with kept as (
                update idempotency_key set started_at = clock_timestamp() - interval '1 hour'
                 where client = :client and key = :key and started_at = :fence and state = 'IN_FLIGHT'
                   and location is not null)
            delete from idempotency_key
             where client = :client and key = :key and started_at = :fence and state = 'IN_FLIGHT'
               and location is null
            """)
                .param("client", client)
                .param("key", key)
                .param("fence", fence)
                .update();
    }

    /** Forgets keys older than this; stored answers may be about persons and are not kept longer than needed. */
    int forgetOlderThan(Duration age) {
        return jdbc.sql("""
            delete from idempotency_key
             where started_at < clock_timestamp() - make_interval(secs => :age)
            """).param("age", seconds(age)).update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
