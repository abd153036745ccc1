package org.jiexu.bus.inbox;

import java.util.List;
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

    /** At the start of a partition's life here; a row that is there already stays. */
    void begin(String topic, int partition, String topicId) {
        jdbc.sql("""
            insert into topic_offset (topic, partition, topic_id, next)
            values (:topic, :partition, :topicId, 0)
            on conflict (topic, partition) do nothing
            """)
                .param("topic", topic)
                .param("partition", partition)
                .param("topicId", topicId)
                .update();
    }

    /** The topic turned out to be another or a shorter one. False when the row is not as it was seen: then it stays. */
    boolean reset(String topic, int partition, Standing seen, Standing now) {
        return jdbc.sql("""
            update topic_offset set topic_id = :topicId, next = :next
             where topic = :topic and partition = :partition and topic_id = :seenId and next = :seenNext
            """)
                        .param("topic", topic)
                        .param("partition", partition)
                        .param("topicId", now.topicId())
                        .param("next", now.next())
                        .param("seenId", seen.topicId())
                        .param("seenNext", seen.next())
                        .update()
                == 1;
    }

    /** Throws {@link FenceLost} when somebody else has moved one of them. */
    void move(List<Positions.Move> moves) {
        int rows = jdbc.sql("""
            update topic_offset o set next = m.next
              from unnest(:topics::text[], :partitions::int[], :from::bigint[], :to::bigint[])
                   as m (topic, partition, before, next)
             where o.topic = m.topic and o.partition = m.partition and o.next = m.before
            """)
                .param("topics", moves.stream().map(m -> m.partition().topic()).toArray(String[]::new))
                .param(
                        "partitions",
                        moves.stream().map(m -> m.partition().partition()).toArray(Integer[]::new))
                .param("from", moves.stream().map(Positions.Move::from).toArray(Long[]::new))
                .param("to", moves.stream().map(Positions.Move::to).toArray(Long[]::new))
                .update();
        if (rows != moves.size()) {
            throw new FenceLost();
        }
    }

    /** Another consumer has taken the partition over. */
    static final class FenceLost extends RuntimeException {
        FenceLost() {
            super("another consumer has moved a partition of the batch");
        }
    }
}
