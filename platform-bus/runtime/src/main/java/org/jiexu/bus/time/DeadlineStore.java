package org.jiexu.bus.time;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.time.DeadlineView.Revision;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.bus.time.Moments.Moment;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL of deadlines. */
final class DeadlineStore {
    /** Both go by the index of what is due: how many are open does not matter. */
    static final String IS_ANY_DUE =
            "select exists (select 1 from deadline where next_at <= :now and region = any(:regions))";

    static final String LOCK_DUE = """
        select * from deadline
         where next_at <= :now and region = any(:regions)
         order by next_at, id
         limit :limit
           for update skip locked
        """;

    /** The moment of what waits until the clock runs again: none that comes. */
    private static final Instant NOT_YET = Instant.MAX;

    /** Limits that began on one day explain themselves in the same words: read once. */
    private final LoadingCache<String, List<ExplainedDay>> days =
            Caffeine.newBuilder().maximumSize(1000).build(text -> List.of(WireJson.read(text, ExplainedDay[].class)));

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;

    DeadlineStore(JdbcTemplate jdbc) {
        this.batches = jdbc;
        this.jdbc = JdbcClient.create(jdbc);
    }

    /** False when the case has an open limit of that kind: then nothing is written. */
    boolean insert(Deadline row) {
        return insert(row, "");
    }

    /** As {@link #insert}, but writes nothing either while a pause lasts that stops the clock of that kind. */
    boolean insertUnlessPaused(Deadline row) {
        return insert(row, "where not exists (select 1 " + PauseStore.OPEN + ")");
    }

    private boolean insert(Deadline row, String condition) {
        return jdbc.sql("""
            insert into deadline (case_key, kind, region, started_at, started_on, working_days, due_on,
                                  promised_days, promised_on, provisional, explanation, calendar, warnings,
                                  escalate_after, pauses, next_step, next_at)
            select :caseKey, :kind, :region, :startedAt, :startedOn, :workingDays, :dueOn,
                   :promisedDays, :promisedOn, :provisional, :explanation::jsonb, :calendar, :warnings,
                   :escalateAfter, :pauses::jsonb, :nextStep, :nextAt
              %s
            on conflict (case_key, kind) where status = 'OPEN' do nothing
            """.formatted(condition))
                        .param("caseKey", row.caseKey())
                        .param("kind", row.kind().name())
                        .param("region", row.region().value())
                        .param("startedAt", utc(row.startedAt()))
                        .param("startedOn", row.term().startedOn())
                        .param("workingDays", row.term().workingDays())
                        .param("dueOn", row.term().dueOn())
                        .param("promisedDays", row.plan().promisedDays())
                        .param("promisedOn", row.plan().promisedOn())
                        .param("provisional", row.term().provisional())
                        .param("explanation", WireJson.text(row.term().days()))
                        .param("calendar", row.calendar())
                        .param("warnings", write(row.plan().warnings()))
                        .param("escalateAfter", row.plan().escalateAfter())
                        .param("pauses", WireJson.text(row.pauses()))
                        .param("nextStep", nextStep(row))
                        .param("nextAt", nextAt(row))
                        .update()
                == 1;
    }

    Optional<Deadline> lockOpen(String caseKey, DeadlineKind kind) {
        return jdbc.sql("""
            select * from deadline where case_key = :caseKey and kind = :kind and status = 'OPEN' for update
            """)
                .param("caseKey", caseKey)
                .param("kind", kind.name())
                .query(this::read)
                .optional();
    }

    List<Deadline> lockOpen(String caseKey) {
        return jdbc.sql("select * from deadline where case_key = :caseKey and status = 'OPEN' order by id for update")
                .param("caseKey", caseKey)
                .query(this::read)
                .list();
    }

    List<Deadline> of(String caseKey) {
        return jdbc.sql("select * from deadline where case_key = :caseKey order by id")
                .param("caseKey", caseKey)
                .query(this::read)
                .list();
    }

    /**
     * Ends the open limit of that kind of which nothing has come to pass by then and whose clock never stood still: then
     * nothing is left to say. False when there is no such limit.
     */
    boolean endInTime(String caseKey, DeadlineKind kind, Status status, Instant at) {
        return jdbc.sql("""
            update deadline
               set status = :status,
                   met_at = case when :status = 'MET' then :at end,
                   cancelled_at = case when :status = 'CANCELLED' then :at end,
                   next_step = null,
                   next_at = null
             where case_key = :caseKey and kind = :kind and status = 'OPEN' and pauses = '[]' and next_at > :at
            """)
                        .param("status", status.name())
                        .param("at", utc(at))
                        .param("caseKey", caseKey)
                        .param("kind", kind.name())
                        .update()
                == 1;
    }

    /** Ends an open row; what is left to say goes with it. */
    void end(Deadline row, Status status, Instant at) {
        jdbc.sql("""
            update deadline
               set status = :status,
                   met_at = case when :status = 'MET' then :at end,
                   cancelled_at = case when :status = 'CANCELLED' then :at end,
                   missed_at = :missedAt,
                   next_step = :nextStep,
                   next_at = :nextAt
             where id = :id and status = 'OPEN'
            """)
                .param("status", status.name())
                .param("at", utc(at))
                .param("missedAt", utcOrNull(row.missedAt()))
                .param("nextStep", nextStep(row))
                .param("nextAt", nextAt(row))
                .param("id", row.id())
                .update();
    }

    /** One look at the index, outside any transaction. */
    boolean isAnyDue(Collection<RegionCode> regions, Instant now) {
        return jdbc.sql(IS_ANY_DUE)
                .param("now", utc(now))
                .param("regions", codes(regions))
                .query(Boolean.class)
                .single();
    }

    /** True for one transaction at a time, until it ends. */
    boolean isMyTurn() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('deadline sweep', 0))")
                .query(Boolean.class)
                .single();
    }

    List<Deadline> lockDue(Collection<RegionCode> regions, Instant now, int limit) {
        return jdbc.sql(LOCK_DUE)
                .param("now", utc(now))
                .param("regions", codes(regions))
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    void saveSaid(List<Deadline> rows) {
        batches.batchUpdate(
                "update deadline set missed_at = ?, escalated_at = ?, next_step = ?, next_at = ? where id = ?",
                rows,
                rows.size(),
                (statement, row) -> {
                    statement.setObject(1, utcOrNull(row.missedAt()));
                    statement.setObject(2, utcOrNull(row.escalatedAt()));
                    statement.setString(3, nextStep(row));
                    statement.setObject(4, nextAt(row));
                    statement.setLong(5, row.id());
                });
    }

    /**
     * Regions with open limits that stand on another calendar than the one given for them: by two ranges of the index each,
     * so that those that are done already are not looked at again.
     */
    List<RegionCode> outdated(Map<RegionCode, String> calendars) {
        return jdbc.sql("""
            select c.region from unnest(:regions::text[], :calendars::text[]) as c (region, calendar)
             where exists (select 1 from deadline d
                            where d.status = 'OPEN' and d.region = c.region and d.calendar < c.calendar)
                or exists (select 1 from deadline d
                            where d.status = 'OPEN' and d.region = c.region and d.calendar > c.calendar)
            """)
                .param("regions", codes(calendars.keySet()))
                .param("calendars", calendars.values().toArray(String[]::new))
                .query((row, _) -> new RegionCode(row.getString(1)))
                .list();
    }

    List<Deadline> lockOutdated(RegionCode region, String calendar, int limit) {
        var before = lockOutdated("<", region, calendar, limit);
        return before.isEmpty() ? lockOutdated(">", region, calendar, limit) : before;
    }

    private List<Deadline> lockOutdated(String side, RegionCode region, String calendar, int limit) {
        return jdbc.sql("""
            select * from deadline
             where status = 'OPEN' and region = :region and calendar %s :calendar
             order by calendar
             limit :limit
               for update skip locked
            """.formatted(side))
                .param("region", region.value())
                .param("calendar", calendar)
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    /** Everything that another calendar or a pause changes. */
    void savePlanned(List<Deadline> rows) {
        batches.batchUpdate("""
            update deadline
               set due_on = ?, promised_on = ?, provisional = ?, explanation = ?::jsonb, calendar = ?,
                   pauses = ?::jsonb, revisions = ?::jsonb, next_step = ?, next_at = ?
             where id = ?
            """, rows, Math.max(rows.size(), 1), (statement, row) -> {
            statement.setObject(1, row.term().dueOn());
            statement.setObject(2, row.plan().promisedOn());
            statement.setBoolean(3, row.term().provisional());
            statement.setString(4, WireJson.text(row.term().days()));
            statement.setString(5, row.calendar());
            statement.setString(6, WireJson.text(row.pauses()));
            statement.setString(7, WireJson.text(row.revisions()));
            statement.setString(8, nextStep(row));
            statement.setObject(9, nextAt(row));
            statement.setLong(10, row.id());
        });
    }

    private Deadline read(ResultSet row, int number) throws SQLException {
        Instant metAt = instant(row, "met_at");
        String nextStep = row.getString("next_step");
        Instant nextAt = instant(row, "next_at");
        var term = new Term(
                row.getObject("started_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getInt("working_days"),
                row.getBoolean("provisional"),
                days.get(row.getString("explanation")));
        var plan = new Plan(
                term,
                row.getInt("promised_days"),
                row.getObject("promised_on", LocalDate.class),
                readWarnings(row.getString("warnings")),
                row.getInt("escalate_after"));
        return new Deadline(
                row.getLong("id"),
                row.getString("case_key"),
                DeadlineKind.valueOf(row.getString("kind")),
                new RegionCode(row.getString("region")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                plan,
                row.getString("calendar"),
                Status.valueOf(row.getString("status")),
                metAt == null ? instant(row, "cancelled_at") : metAt,
                instant(row, "missed_at"),
                instant(row, "escalated_at"),
                nextStep == null
                        ? Optional.empty()
                        : Optional.of(new Moment(Step.parse(nextStep), nextAt == null ? NOT_YET : nextAt)),
                List.of(WireJson.read(row.getString("pauses"), Pause[].class)),
                List.of(WireJson.read(row.getString("revisions"), Revision[].class)));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable String nextStep(Deadline row) {
        return row.next().map(moment -> moment.step().text()).orElse(null);
    }

    private static @Nullable OffsetDateTime nextAt(Deadline row) {
        return row.next()
                .filter(moment -> !row.waits(moment))
                .map(moment -> utc(moment.at()))
                .orElse(null);
    }

    private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
        return instant == null ? null : utc(instant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String write(List<Integer> warnings) {
        return warnings.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> readWarnings(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static String[] codes(Collection<RegionCode> regions) {
        return regions.stream().map(RegionCode::value).toArray(String[]::new);
    }
}
