package org.jiexu.bus.inbox;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where this database stands in each partition, in PostgreSQL, moved in the transaction of the batch. The guard on the
 * old value is the fence: a consumer that lost its partition without noticing cannot move it.
 */
final class TopicOffsets {
    private final JdbcClient jdbc;

    record Standing(String topicId, long next) {}

    TopicOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Standing> of(String topic, int partition) {
        return jdbc.sql("select topic_id, next from topic_offset where topic = :topic and partition = :partition")
                .param("topic", topic)
                .param("partition", partition)
                .query((row, n) -> new Standing(row.getString("topic_id"), row.getLong("next")))
                .optional();
    }

    /** At the start of a partition's life here, or when the topic turned out to be another or shorter one. */
    void reset(String topic, int partition, String topicId, long next) {
        jdbc.sql("""
            insert into topic_offset (topic, partition, topic_id, next)
            values (:topic, :partition, :topicId, :next)
            on conflict (topic, partition) do update set topic_id = :topicId, next = :next
            """)
                .param("topic", topic)
                .param("partition", partition)
                .param("topicId", topicId)
                .param("next", next)
                .update();
    }

    /** Throws {@link FenceLost} when somebody else has moved it. */
    void move(String topic, int partition, long from, long to) {
        move("""
            update topic_offset set next = :to
             where topic = :topic and partition = :partition and next = :from
            """, topic, partition, from, to);
    }

    /** Past records that left no trace: the commit is not waited for, a crash makes them be passed over again. */
    void movePast(String topic, int partition, long from, long to) {
        move("""
            update topic_offset set next = :to
             where topic = :topic and partition = :partition and next = :from
               and set_config('synchronous_commit', 'off', true) = 'off'
            """, topic, partition, from, to);
    }

    private void move(String sql, String topic, int partition, long from, long to) {
        int rows = jdbc.sql(sql)
                .param("topic", topic)
                .param("partition", partition)
                .param("from", from)
                .param("to", to)
                .update();
        if (rows != 1) {
            throw new FenceLost(topic, partition);
        }
    }

    /** Another consumer has taken the partition over. */
    static final class FenceLost extends RuntimeException {
        FenceLost(String topic, int partition) {
            super("another consumer moved " + topic + "-" + partition);
        }
    }
}
