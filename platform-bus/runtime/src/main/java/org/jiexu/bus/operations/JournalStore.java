package org.jiexu.bus.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 事件日志 — what this service has said, as it was signed. */
final class JournalStore {
    private final JdbcClient jdbc;

    JournalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Said(long position, String topic, Envelope envelope) {}

    List<Said> about(Source source, String subject, long after, int limit) {
        return jdbc.sql("""
            select * from event_journal
             where source = :source and subject = :subject and position > :after order by position limit :limit
            """)
                .param("source", source.toString())
                .param("subject", subject)
                .param("after", after)
                .param("limit", limit)
                .query(JournalStore::said)
                .list();
    }

    Optional<Said> find(Source source, String id) {
        return jdbc.sql("select * from event_journal where source = :source and id = :id::uuid")
                .param("source", source.toString())
                .param("id", id)
                .query(JournalStore::said)
                .optional();
    }

    private static Said said(ResultSet row, int n) throws SQLException {
        return new Said(
                row.getLong("position"),
                row.getString("topic"),
                new Envelope(
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
}
