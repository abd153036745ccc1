package org.jiexu.bus.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
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
    private final JdbcTemplate batches;
    private final JdbcClient jdbc;

    /** One row. {@code next} is empty when nothing is left to say. */
    record Deadline(
            long id,
            String caseKey,
            DeadlineKind kind,
            RegionCode region,
            Instant startedAt,
            int promisedDays,
            LocalDate promisedOn,
            Term term,
            String calendar,
            List<Integer> warnings,
            Status status,
            @Nullable Instant endedAt,
            @Nullable Instant missedAt,
            Optional<Moment> next,
            List<Revision> revisions) {

        static final long NEW = 0;

        Deadline next(Optional<Moment> moment) {
            return new Deadline(
                    id,
                    caseKey,
                    kind,
                    region,
                    startedAt,
                    promisedDays,
                    promisedOn,
                    term,
                    calendar,
                    warnings,
                    status,
                    endedAt,
                    missedAt,
                    moment,
                    revisions);
        }

        Deadline missed() {
            return new Deadline(
                    id,
                    caseKey,
                    kind,
                    region,
                    startedAt,
                    promisedDays,
                    promisedOn,
                    term,
                    calendar,
                    warnings,
                    status,
                    endedAt,
                    term.endsAt(),
                    next,
                    revisions);
        }

        DeadlineView view() {
            return new DeadlineView(
                    kind,
                    region,
                    startedAt,
                    term.startedOn(),
                    term.dueOn(),
                    promisedOn,
                    term.workingDays(),
                    term.provisional(),
                    status,
                    missedAt != null,
                    status == Status.MET ? endedAt : null,
                    status == Status.CANCELLED ? endedAt : null,
                    term.days(),
                    revisions);
        }
    }

    DeadlineStore(JdbcTemplate jdbc) {
        this.batches = jdbc;
        this.jdbc = JdbcClient.create(jdbc);
    }

    void insert(Deadline row) {
        jdbc.sql("""
            insert into deadline (case_key, kind, region, started_at, started_on, working_days, due_on,
                                  promised_days, promised_on, provisional, explanation, calendar, warnings,
                                  next_step, next_at)
            values (:caseKey, :kind, :region, :startedAt, :startedOn, :workingDays, :dueOn,
                    :promisedDays, :promisedOn, :provisional, :explanation::jsonb, :calendar, :warnings,
                    :nextStep, :nextAt)
            """)
                .param("caseKey", row.caseKey())
                .param("kind", row.kind().name())
                .param("region", row.region().value())
                .param("startedAt", utc(row.startedAt()))
                .param("startedOn", row.term().startedOn())
                .param("workingDays", row.term().workingDays())
                .param("dueOn", row.term().dueOn())
                .param("promisedDays", row.promisedDays())
                .param("promisedOn", row.promisedOn())
                .param("provisional", row.term().provisional())
                .param("explanation", WireJson.text(row.term().days()))
                .param("calendar", row.calendar())
                .param("warnings", write(row.warnings()))
                .param("nextStep", nextStep(row))
                .param("nextAt", nextAt(row))
                .update();
    }

    Optional<Deadline> lockOpen(String caseKey, DeadlineKind kind) {
        return jdbc.sql("""
            select * from deadline where case_key = :caseKey and kind = :kind and status = 'OPEN' for update
            """)
                .param("caseKey", caseKey)
                .param("kind", kind.name())
                .query(DeadlineStore::read)
                .optional();
    }

    List<Deadline> of(String caseKey) {
        return jdbc.sql("select * from deadline where case_key = :caseKey order by id")
                .param("caseKey", caseKey)
                .query(DeadlineStore::read)
                .list();
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
                .param("missedAt", row.missedAt() == null ? null : utc(row.missedAt()))
                .param("nextStep", nextStep(row))
                .param("nextAt", nextAt(row))
                .param("id", row.id())
                .update();
    }

    /** One look at the index, outside any transaction. */
    boolean isAnyDue(Collection<RegionCode> regions, Instant now) {
        return jdbc.sql("""
            select exists (select 1 from deadline where next_at <= :now and region = any(:regions))
            """)
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
        return jdbc.sql("""
            select * from deadline
             where next_at <= :now and region = any(:regions)
             order by next_at, id
             limit :limit
               for update skip locked
            """)
                .param("now", utc(now))
                .param("regions", codes(regions))
                .param("limit", limit)
                .query(DeadlineStore::read)
                .list();
    }

    void saveSaid(List<Deadline> rows) {
        batches.batchUpdate(
                "update deadline set missed_at = ?, next_step = ?, next_at = ? where id = ?",
                rows,
                rows.size(),
                (statement, row) -> {
                    statement.setObject(1, row.missedAt() == null ? null : utc(row.missedAt()));
                    statement.setString(2, nextStep(row));
                    statement.setObject(3, nextAt(row));
                    statement.setLong(4, row.id());
                });
    }

    boolean isAnyOutdated(RegionCode region, String calendar) {
        return jdbc.sql("""
            select exists (select 1 from deadline
                            where status = 'OPEN' and region = :region and calendar <> :calendar)
            """)
                .param("region", region.value())
                .param("calendar", calendar)
                .query(Boolean.class)
                .single();
    }

    List<Deadline> lockOutdated(RegionCode region, String calendar, int limit) {
        return jdbc.sql("""
            select * from deadline
             where status = 'OPEN' and region = :region and calendar <> :calendar
             order by id
             limit :limit
               for update skip locked
            """)
                .param("region", region.value())
                .param("calendar", calendar)
                .param("limit", limit)
                .query(DeadlineStore::read)
                .list();
    }

    void saveRevised(List<Deadline> rows) {
        batches.batchUpdate("""
            update deadline
               set due_on = ?, promised_on = ?, provisional = ?, explanation = ?::jsonb, calendar = ?,
                   revisions = ?::jsonb, next_step = ?, next_at = ?
             where id = ?
            """, rows, rows.size(), (statement, row) -> {
            statement.setObject(1, row.term().dueOn());
            statement.setObject(2, row.promisedOn());
            statement.setBoolean(3, row.term().provisional());
            statement.setString(4, WireJson.text(row.term().days()));
            statement.setString(5, row.calendar());
            statement.setString(6, WireJson.text(row.revisions()));
            statement.setString(7, nextStep(row));
            statement.setObject(8, nextAt(row));
            statement.setLong(9, row.id());
        });
    }

    private static Deadline read(ResultSet row, int number) throws SQLException {
        Instant metAt = instant(row, "met_at");
        String nextStep = row.getString("next_step");
        Instant nextAt = instant(row, "next_at");
        var days = WireJson.read(row.getString("explanation"), ExplainedDay[].class);
        var term = new Term(
                row.getObject("started_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getInt("working_days"),
                row.getBoolean("provisional"),
                List.of(days));
        return new Deadline(
                row.getLong("id"),
                row.getString("case_key"),
                DeadlineKind.valueOf(row.getString("kind")),
                new RegionCode(row.getString("region")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getInt("promised_days"),
                row.getObject("promised_on", LocalDate.class),
                term,
                row.getString("calendar"),
                readWarnings(row.getString("warnings")),
                Status.valueOf(row.getString("status")),
                metAt == null ? instant(row, "cancelled_at") : metAt,
                instant(row, "missed_at"),
                nextStep == null || nextAt == null
                        ? Optional.empty()
                        : Optional.of(new Moment(Step.parse(nextStep), nextAt)),
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
        return row.next().map(moment -> utc(moment.at())).orElse(null);
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
