package org.jiexu.transferout.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 催办、投诉 that reached this region, and its answers. */
@Repository
public class ReminderStore {
    private final JdbcClient jdbc;

    ReminderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 催办、投诉. */
    public record Reminder(
            String id,
            long position,
            CaseNumber number,
            RegionCode sending,
            boolean complaint,
            String text,
            Instant askedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {
        /** Without the texts: people write what they like. */
        @Override
        public String toString() {
            return "Reminder[" + id + ", " + number + "]";
        }
    }

    /** False when it is known. */
    public boolean insert(CaseNumber number, RegionCode sending, TransferRemindedV1 said) {
        return jdbc.sql("""
            insert into reminder (id, number, sending, complaint, text, asked_at)
            values (:id, :number, :sending, :complaint, :text, :at)
            on conflict (id) do nothing
            """)
                        .param("id", said.reminder())
                        .param("number", number.value())
                        .param("sending", sending.value())
                        .param("complaint", said.complaint())
                        .param("text", said.text())
                        .param("at", CaseStore.utc(said.at()))
                        .update()
                == 1;
    }

    public Optional<Reminder> find(String id) {
        return jdbc.sql("select * from reminder where id = :id")
                .param("id", id)
                .query(ReminderStore::reminder)
                .optional();
    }

    /** False when it has been answered. */
    public boolean answer(String id, String answer, Instant at) {
        return jdbc.sql("""
            update reminder set answer = :answer, answered_at = :at where id = :id and answered_at is null
            """)
                        .param("answer", answer)
                        .param("at", CaseStore.utc(at))
                        .param("id", id)
                        .update()
                == 1;
    }

    public boolean hasUnanswered(CaseNumber number) {
        return jdbc.sql("select exists (select 1 from reminder where number = :number and answered_at is null)")
                .param("number", number.value())
                .query(Boolean.class)
                .single();
    }

    /** The region's, the oldest first; those of one case where {@code number} names it. */
    public List<Reminder> list(
            RegionCode sending, @Nullable CaseNumber number, boolean answeredToo, long after, int limit) {
        return jdbc.sql("""
            select * from reminder
             where sending = :sending and position > :after and (:answeredToo or answered_at is null)
               and (cast(:number as text) is null or number = :number)
             order by position limit :limit
            """)
                .param("sending", sending.value())
                .param("number", number == null ? null : number.value())
                .param("answeredToo", answeredToo)
                .param("after", after)
                .param("limit", limit)
                .query(ReminderStore::reminder)
                .list();
    }

    private static Reminder reminder(ResultSet row, int n) throws SQLException {
        var answeredAt = row.getObject("answered_at", OffsetDateTime.class);
        return new Reminder(
                row.getString("id"),
                row.getLong("position"),
                new CaseNumber(row.getString("number")),
                new RegionCode(row.getString("sending")),
                row.getBoolean("complaint"),
                row.getString("text"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("answer"),
                answeredAt == null ? null : answeredAt.toInstant());
    }
}
