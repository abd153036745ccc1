package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 放假安排通知 — prepared, decided, and what they change. */
@Repository
public class NoticeStore {
    private final JdbcClient jdbc;

    NoticeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public enum State {
        PREPARED,
        APPROVED,
        REFUSED
    }

    /** {@code region}: {@code *} for the nation, else the code of a region or of a province. */
    public record Notice(
            String id,
            long position,
            String region,
            String notice,
            int year,
            String digest,
            State state,
            int changes,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    /** One open limit that gets another date, or becomes certain. */
    public record Change(
            CaseNumber number,
            DeadlineKind kind,
            RegionCode region,
            LocalDate dueOn,
            LocalDate newDueOn,
            boolean provisional,
            boolean newProvisional) {}

    /** Open limits that were worked out alike. */
    public record Alike(
            RegionCode region, LocalDate startedOn, int workingDays, LocalDate dueOn, boolean provisional) {}

    public record NewTerm(Alike of, LocalDate dueOn, boolean provisional) {}

    /** False when another of that year and region waits. */
    public boolean insert(Notice notice, List<CalendarDayV1> days) {
        int rows = jdbc.sql("""
            insert into calendar_notice (id, region, notice, year, digest, state, changes, prepared_by, prepared_at)
            values (:id, :region, :notice, :year, :digest, 'PREPARED', 0, :by, :at)
            on conflict (region, year) where state = 'PREPARED' do nothing
            """)
                .param("id", notice.id())
                .param("region", notice.region())
                .param("notice", notice.notice())
                .param("year", notice.year())
                .param("digest", notice.digest())
                .param("by", notice.preparedBy())
                .param("at", Times.at(notice.preparedAt()))
                .update();
        if (rows == 0) {
            return false;
        }
        jdbc.sql("""
            insert into calendar_notice_day (notice, day, name, working)
            select :id, d.day, d.name, d.working
              from unnest(:days::date[], :names::text[], :working::boolean[]) as d (day, name, working)
            """)
                .param("id", notice.id())
                .param("days", texts(days, CalendarDayV1::date))
                .param("names", texts(days, CalendarDayV1::name))
                .param("working", texts(days, CalendarDayV1::working))
                .update();
        return true;
    }

    /** Every open limit there, once for all that were worked out alike. */
    public List<Alike> open(String region) {
        return jdbc.sql("""
            select distinct d.region, d.started_on, d.working_days, d.due_on, d.provisional
              from case_deadline d join case_index i on i.number = d.number and not i.is_end
             where d.met_at is null and d.cancelled_at is null
               and d.started_on is not null and d.working_days is not null
               and (:region = '*' or d.region = :region or left(d.region, 2) || '0000' = :region)
            """)
                .param("region", region)
                .query((row, n) -> new Alike(
                        new RegionCode(row.getString("region")),
                        Times.day(row, "started_on"),
                        row.getInt("working_days"),
                        Times.day(row, "due_on"),
                        row.getBoolean("provisional")))
                .list();
    }

    /** Writes down whose dates those are, and how many. */
    public int keepChanges(String notice, List<NewTerm> terms) {
        int rows = jdbc.sql("""
            insert into calendar_notice_change (notice, number, kind, region, due_on, new_due_on, provisional,
                                                new_provisional)
            select :notice, d.number, d.kind, d.region, d.due_on, t.new_due_on, d.provisional, t.new_provisional
              from unnest(:regions::text[], :started::date[], :days::int[], :due::date[], :provisional::boolean[],
                          :newDue::date[], :newProvisional::boolean[])
                   as t (region, started_on, working_days, due_on, provisional, new_due_on, new_provisional)
              join case_deadline d using (region, started_on, working_days, due_on, provisional)
              join case_index i on i.number = d.number and not i.is_end
             where d.met_at is null and d.cancelled_at is null
            """)
                .param("notice", notice)
                .param("regions", texts(terms, term -> term.of().region()))
                .param("started", texts(terms, term -> term.of().startedOn()))
                .param("days", texts(terms, term -> term.of().workingDays()))
                .param("due", texts(terms, term -> term.of().dueOn()))
                .param("provisional", texts(terms, term -> term.of().provisional()))
                .param("newDue", texts(terms, NewTerm::dueOn))
                .param("newProvisional", texts(terms, NewTerm::provisional))
                .update();
        jdbc.sql("update calendar_notice set changes = :changes where id = :id")
                .param("changes", rows)
                .param("id", notice)
                .update();
        return rows;
    }

    public Optional<Notice> find(String id) {
        return jdbc.sql("select * from calendar_notice where id = :id")
                .param("id", id)
                .query(NoticeStore::notice)
                .optional();
    }

    public Optional<Notice> lock(String id) {
        return jdbc.sql("select * from calendar_notice where id = :id for update")
                .param("id", id)
                .query(NoticeStore::notice)
                .optional();
    }

    /** The one that waits for a decision. */
    public Optional<Notice> waiting(String region, int year) {
        return jdbc.sql("select * from calendar_notice where region = :region and year = :year and state = 'PREPARED'")
                .param("region", region)
                .param("year", year)
                .query(NoticeStore::notice)
                .optional();
    }

    /** Newest first. */
    public List<Notice> list(long before, int limit) {
        return jdbc.sql("select * from calendar_notice where position < :before order by position desc limit :limit")
                .param("before", before)
                .param("limit", limit)
                .query(NoticeStore::notice)
                .list();
    }

    public List<CalendarDayV1> days(String notice) {
        return jdbc.sql("select day, name, working from calendar_notice_day where notice = :notice order by day")
                .param("notice", notice)
                .query((row, n) ->
                        new CalendarDayV1(Times.day(row, "day"), row.getString("name"), row.getBoolean("working")))
                .list();
    }

    /** By number, kind and region; {@code after} is the last key of the page before. */
    public List<Change> changes(String notice, String number, String kind, String region, int limit) {
        return jdbc.sql("""
            select * from calendar_notice_change
             where notice = :notice and (number, kind, region) > (:number, :kind, :region)
             order by number, kind, region limit :limit
            """)
                .param("notice", notice)
                .param("number", number)
                .param("kind", kind)
                .param("region", region)
                .param("limit", limit)
                .query((row, n) -> new Change(
                        new CaseNumber(row.getString("number")),
                        DeadlineKind.valueOf(row.getString("kind")),
                        new RegionCode(row.getString("region")),
                        Times.day(row, "due_on"),
                        Times.day(row, "new_due_on"),
                        row.getBoolean("provisional"),
                        row.getBoolean("new_provisional")))
                .list();
    }

    /** Under its lock. */
    public void decide(String id, State state, String by, Instant at) {
        int rows = jdbc.sql("""
            update calendar_notice set state = :state, decided_by = :by, decided_at = :at
             where id = :id and state = 'PREPARED'
            """)
                .param("state", state.name())
                .param("by", by)
                .param("at", Times.at(at))
                .param("id", id)
                .update();
        if (rows != 1) {
            throw new IllegalStateException("the notice was decided while it was locked");
        }
    }

    /** From here on the files that come with the registry do not replace that year. */
    public void keepOrigin(String notice, String region, List<Integer> years) {
        jdbc.sql("update calendar_year set by_notice = :notice where region = :region and year in (:years)")
                .param("notice", notice)
                .param("region", region)
                .param("years", years)
                .update();
    }

    public boolean comesFromANotice(String region, int year) {
        return jdbc.sql("""
            select exists (select 1 from calendar_year
                            where region = :region and year = :year and by_notice is not null)
            """)
                .param("region", region)
                .param("year", year)
                .query(Boolean.class)
                .single();
    }

    private static Notice notice(ResultSet row, int n) throws SQLException {
        return new Notice(
                row.getString("id"),
                row.getLong("position"),
                row.getString("region"),
                row.getString("notice"),
                row.getInt("year"),
                row.getString("digest"),
                State.valueOf(row.getString("state")),
                row.getInt("changes"),
                row.getString("prepared_by"),
                Times.instant(row, "prepared_at"),
                row.getString("decided_by"),
                Times.instantOrNull(row, "decided_at"));
    }

    private static <T> String[] texts(List<T> of, Function<T, Object> part) {
        return of.stream().map(part).map(String::valueOf).toArray(String[]::new);
    }
}
