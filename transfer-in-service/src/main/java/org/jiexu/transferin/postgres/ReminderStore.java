package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferin.domain.Reminder;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 催办、投诉 and their answers. */
@Repository
public class ReminderStore {
    private final JdbcClient jdbc;

    public ReminderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(Reminder reminder) {
        var person = reminder.person();
        jdbc.sql("""
            insert into reminder (id, number, kind, text, region, asker_person, asker_uscc, asked_at)
            values (:id, :number, :kind, :text, :region, :person, :uscc, :at)
            """)
                .param("id", reminder.id())
                .param("number", reminder.number().value())
                .param("kind", reminder.kind().name())
                .param("text", reminder.text())
                .param("region", reminder.region().value())
                .param("person", person == null ? null : person.value())
                .param("uscc", reminder.uscc())
                .param("at", reminder.askedAt().atOffset(ZoneOffset.UTC))
                .update();
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
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** How many of the case that region has not answered. */
    public int unanswered(CaseNumber number, RegionCode region) {
        return jdbc.sql("""
            select count(*) from reminder where number = :number and region = :region and answered_at is null
            """)
                .param("number", number.value())
                .param("region", region.value())
                .query(Integer.class)
                .single();
    }

    /** A case's, the oldest first; one asker's alone where {@code person} or {@code uscc} names it. */
    public List<Reminder> of(
            CaseNumber number, @Nullable PersonId person, @Nullable String uscc, long after, int limit) {
        return jdbc.sql("""
            select * from reminder
             where number = :number and position > :after
               and (cast(:person as text) is null or asker_person = :person)
               and (cast(:uscc as text) is null or asker_uscc = :uscc)
             order by position limit :limit
            """)
                .param("number", number.value())
                .param("person", person == null ? null : person.value())
                .param("uscc", uscc)
                .param("after", after)
                .param("limit", limit)
                .query(ReminderStore::reminder)
                .list();
    }

    /** What that region has to answer, or had to, the oldest first. */
    public List<Reminder> toAnswer(RegionCode region, boolean answeredToo, long after, int limit) {
        return jdbc.sql("""
            select * from reminder
             where region = :region and position > :after and (:answeredToo or answered_at is null)
             order by position limit :limit
            """)
                .param("region", region.value())
                .param("after", after)
                .param("answeredToo", answeredToo)
                .param("limit", limit)
                .query(ReminderStore::reminder)
                .list();
    }

    private static Reminder reminder(ResultSet row, int n) throws SQLException {
        var person = row.getString("asker_person");
        var answeredAt = row.getObject("answered_at", OffsetDateTime.class);
        return new Reminder(
                row.getString("id"),
                row.getLong("position"),
                new CaseNumber(row.getString("number")),
                Reminder.Kind.valueOf(row.getString("kind")),
                row.getString("text"),
                new RegionCode(row.getString("region")),
                person == null ? null : new PersonId(person),
                row.getString("asker_uscc"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("answer"),
                answeredAt == null ? null : answeredAt.toInstant());
    }
}
