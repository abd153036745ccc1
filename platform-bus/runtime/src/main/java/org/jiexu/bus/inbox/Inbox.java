package org.jiexu.bus.inbox;

import java.util.Optional;
import org.jiexu.wire.envelope.Envelope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ids and digests of what was handled: the fast path against repetition (the state tables are the sure one). */
final class Inbox {
    private final JdbcClient jdbc;

    enum Entry {
        FIRST,
        REPEATED,
        /** The same id with other content: somebody lies or something broke. */
        CONFLICT
    }

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Entry enter(String topic, Envelope envelope) {
        int rows = jdbc.sql("""
            insert into inbox (id, digest, topic) values (:id, :digest, :topic) on conflict do nothing
            """)
                .param("id", envelope.id())
                .param("digest", envelope.digest())
                .param("topic", topic)
                .update();
        if (rows == 1) {
            return Entry.FIRST;
        }
        Optional<String> known = jdbc.sql("select digest from inbox where id = :id")
                .param("id", envelope.id())
                .query(String.class)
                .optional();
        return known.filter(envelope.digest()::equals).isPresent() ? Entry.REPEATED : Entry.CONFLICT;
    }
}
