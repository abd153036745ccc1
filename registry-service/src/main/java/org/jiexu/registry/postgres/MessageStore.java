package org.jiexu.registry.postgres;

import static org.jiexu.registry.postgres.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jiexu.registry.domain.Recipient;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 告知发件箱 — one row for each step and recipient, kept for good; a production sender reads it (R10.2). */
@Repository
public class MessageStore {
    /** Sequences are counted by subject: what is said of one record shares none with a merged one, nor with the steps of a case. */
    private static final String OF_PERSONS = " participation ";

    private final JdbcClient jdbc;

    MessageStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 告知, as it stands in the outbox; {@code number} is null where it is about no case. */
    public record Message(
            long position, @Nullable CaseNumber number, Recipient recipient, String step, String text, Instant at) {}

    /** What one step says to the person. */
    public record ToPerson(ToldStep step, String text) {}

    /** The same step is one message to the person, however often it is told. */
    public void tellPersons(List<ToPerson> messages) {
        jdbc.sql("""
            insert into message (number, source, sequence, recipient, recipient_id, step, text, at)
            select m.number, m.source, m.sequence, 'PERSON', m.person, m.step, m.text, m.at
              from unnest(:number::text[], :source::text[], :sequence::bigint[], :person::text[], :step::text[],
                          :text::text[], :at::timestamptz[]) with ordinality
                   m (number, source, sequence, person, step, text, at, n)
             order by m.n
            on conflict (number, source, sequence, recipient) do nothing
            """)
                .param(
                        "number",
                        texts(messages, message -> message.step().told().number()))
                .param("source", texts(messages, message -> message.step().source()))
                .param("sequence", texts(messages, message -> message.step().sequence()))
                .param(
                        "person",
                        texts(
                                messages,
                                message -> message.step().told().person().value()))
                .param("step", texts(messages, message -> message.step().told().step()))
                .param("text", texts(messages, ToPerson::text))
                .param("at", texts(messages, message -> message.step().told().at()))
                .update();
    }

    /** What is no step of a case, once: {@code number} is the case that it follows from, null where there is none. */
    public void tellPerson(
            @Nullable CaseNumber number,
            Source source,
            PersonId subject,
            long sequence,
            PersonId person,
            String step,
            String text,
            Instant at) {
        jdbc.sql("""
            insert into message (number, source, sequence, recipient, recipient_id, step, text, at)
            values (:number, :source, :sequence, 'PERSON', :person, :step, :text, :at)
            on conflict do nothing
            """)
                .param("number", number == null ? null : number.value())
                .param("source", source + OF_PERSONS + subject)
                .param("sequence", sequence)
                .param("person", person.value())
                .param("step", step)
                .param("text", text)
                .param("at", Times.at(at))
                .update();
    }

    /**
     * Whatever the person has been told is told to the employer who applied, steps from before it was known as well. How much
     * lies on an account, or was paid out of it, is the person's alone.
     */
    public void tellEmployer(CaseNumber number, String employer) {
        jdbc.sql("""
            insert into message (number, source, sequence, recipient, recipient_id, step, text, at)
            select number, source, sequence, 'EMPLOYER', :employer, step, text, at
              from message
             where number = :number and recipient = 'PERSON'
               and step not in ('ACCOUNT_LEFT', 'ACCOUNT_PAID_OUT') and not starts_with(step, 'PAY_OUT_')
             order by position
            on conflict (number, source, sequence, recipient) do nothing
            """)
                .param("number", number.value())
                .param("employer", employer)
                .update();
    }

    /** The newest first, before position {@code before}. */
    public List<Message> to(Recipient recipient, String recipientId, long before, int limit) {
        return jdbc.sql("""
            select * from message
             where recipient = :recipient and position < :before
               and (recipient_id = :id or recipient = 'PERSON' and recipient_id in (select same_person(:id)))
             order by position desc limit :limit
            """)
                .param("recipient", recipient.name())
                .param("id", recipientId)
                .param("before", before)
                .param("limit", limit)
                .query(MessageStore::message)
                .list();
    }

    /** As {@link #to}, of one case and to everybody. */
    public List<Message> about(CaseNumber number, long before, int limit) {
        return jdbc.sql("""
            select * from message where number = :number and position < :before order by position desc limit :limit
            """)
                .param("number", number.value())
                .param("before", before)
                .param("limit", limit)
                .query(MessageStore::message)
                .list();
    }

    private static Message message(ResultSet row, int n) throws SQLException {
        var number = row.getString("number");
        return new Message(
                row.getLong("position"),
                number == null ? null : new CaseNumber(number),
                Recipient.valueOf(row.getString("recipient")),
                row.getString("step"),
                row.getString("text"),
                Times.instant(row, "at"));
    }
}
