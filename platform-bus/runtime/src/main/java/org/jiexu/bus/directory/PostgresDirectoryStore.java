package org.jiexu.bus.directory;

import java.util.List;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The copy in the service's database; several instances may follow, one moves. */
final class PostgresDirectoryStore implements DirectoryStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    PostgresDirectoryStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public @Nullable Position position() {
        return jdbc.sql("select topic_id, next from directory_position")
                .query((row, n) -> new Position(row.getString("topic_id"), row.getLong("next")))
                .optional()
                .orElse(null);
    }

    @Override
    public List<Thing> things() {
        return jdbc.sql("select thing, type, time, data from directory_copy")
                .query((row, n) -> new Thing(
                        row.getString("thing"),
                        row.getString("type"),
                        row.getString("time"),
                        Bytes.of(row.getBytes("data"))))
                .list();
    }

    @Override
    public boolean keep(List<Thing> newest, @Nullable Position from, Position to) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!move(from, to)) {
                status.setRollbackOnly();
                return false;
            }
            for (var thing : newest) {
                jdbc.sql("""
                    insert into directory_copy (thing, type, time, data)
                    values (:thing, :type, :time, :data)
                    on conflict (thing) do update set type = :type, time = :time, data = :data
                    """)
                        .param("thing", thing.subject())
                        .param("type", thing.type())
                        .param("time", thing.time())
                        .param("data", thing.data().toArray())
                        .update();
            }
            return true;
        }));
    }

    private boolean move(@Nullable Position from, Position to) {
        if (from == null) {
            return jdbc.sql("""
                insert into directory_position (topic_id, next) values (:topicId, :next)
                on conflict do nothing
                """)
                            .param("topicId", to.topicId())
                            .param("next", to.next())
                            .update()
                    == 1;
        }
        return jdbc.sql("""
            update directory_position set topic_id = :topicId, next = :next
             where topic_id = :fromTopic and next = :from
            """)
                        .param("topicId", to.topicId())
                        .param("next", to.next())
                        .param("fromTopic", from.topicId())
                        .param("from", from.next())
                        .update()
                == 1;
    }
}
