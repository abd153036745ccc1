package org.jiexu.transferout.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What waits for people; at most one open task of a kind per case. */
@Repository
public class TaskStore {
    private final JdbcClient jdbc;

    TaskStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One open task; {@code position} orders the list, oldest first. */
    public record OpenTask(long position, CaseNumber number, Task task, Instant openedAt) {}

    /** Opens it unless it is open already. */
    public void open(CaseNumber number, RegionCode sending, Task task, Instant at) {
        jdbc.sql("""
            insert into staff_task (number, sending, task, opened_at) values (:number, :sending, :task, :at)
            on conflict do nothing
            """)
                .param("number", number.value())
                .param("sending", sending.value())
                .param("task", task.name())
                .param("at", CaseStore.utc(at))
                .update();
    }

    /** Closes these kinds where they are open; true when one was. */
    public boolean close(CaseNumber number, Collection<Task> tasks, Instant at) {
        return jdbc.sql("""
            update staff_task set closed_at = :at
             where number = :number and task in (:tasks) and closed_at is null
            """)
                        .param("at", CaseStore.utc(at))
                        .param("number", number.value())
                        .param("tasks", tasks.stream().map(Task::name).toList())
                        .update()
                > 0;
    }

    public List<OpenTask> of(CaseNumber number) {
        return jdbc.sql("select * from staff_task where number = :number and closed_at is null order by position")
                .param("number", number.value())
                .query(TaskStore::openTask)
                .list();
    }

    public List<OpenTask> list(RegionCode sending, long after, int most) {
        return jdbc.sql("""
            select * from staff_task
             where sending = :sending and closed_at is null and position > :after order by position limit :most
            """)
                .param("sending", sending.value())
                .param("after", after)
                .param("most", most)
                .query(TaskStore::openTask)
                .list();
    }

    private static OpenTask openTask(ResultSet row, int n) throws SQLException {
        return new OpenTask(
                row.getLong("position"),
                new CaseNumber(row.getString("number")),
                Task.valueOf(row.getString("task")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant());
    }
}
