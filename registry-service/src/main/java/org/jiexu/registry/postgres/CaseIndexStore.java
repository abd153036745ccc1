package org.jiexu.registry.postgres;

import static org.jiexu.registry.postgres.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 进度索引 — the newest step of every case, all its steps and limits. Whatever order the events come in, and however
 * often, the rows end up the same: an end beats a step, a later moment an earlier one.
 */
@Repository
public class CaseIndexStore {
    private final JdbcClient jdbc;

    CaseIndexStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 案件, as its newest step shows it. */
    public record Case(
            CaseNumber number,
            PersonId person,
            RegionCode sending,
            RegionCode receiving,
            Scheme fromScheme,
            Scheme toScheme,
            Instant firstAt,
            String step,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant lastAt,
            List<CodedReason> reasons) {}

    /** What the index shows now, and the employer who applied, if one did. */
    public record Shown(PublicStatus status, @Nullable String employer) {}

    /** 期限, as its owner and its timers last told. */
    public record Limit(
            CaseNumber number,
            DeadlineKind kind,
            RegionCode region,
            LocalDate dueOn,
            boolean provisional,
            @Nullable Instant metAt,
            @Nullable LocalDate startedOn,
            @Nullable Integer workingDays,
            @Nullable LocalDate promisedOn,
            @Nullable Instant pausedSince,
            @Nullable String pauseReason,
            @Nullable Instant cancelledAt,
            @Nullable Integer workingDaysLeft,
            @Nullable Instant missedAt,
            @Nullable Instant escalatedAt) {}

    /** One step of a case as it was told, and by whom; {@code person} is the id under which its person goes on. */
    public record ToldStep(CaseProgressedV1 told, PersonId person, Source source, long sequence) {
        private static final Comparator<ToldStep> GREATER = Comparator.comparing(ToldStep::isEnd)
                .thenComparing(step -> step.told().at())
                .thenComparing(step -> step.source().toString())
                .thenComparing(ToldStep::sequence);

        boolean isEnd() {
            return told.status().isEnd();
        }
    }

    /** One limit of a case as it was told at that moment. */
    public record ToldLimit(CaseNumber number, DeadlineStatusV1 limit, Instant seenAt) {
        private String key() {
            return number + " " + limit.kind() + " " + limit.region();
        }
    }

    /** What steps of one case come to. */
    private record IndexRow(
            CaseProgressedV1 first,
            ToldStep greatest,
            @Nullable String employer,
            Instant firstAt,
            @Nullable Instant acceptedAt,
            @Nullable Instant endedAt) {
        /** At least one step, in the order in which they came. */
        static IndexRow of(List<ToldStep> steps) {
            return new IndexRow(
                    steps.getFirst().told(),
                    Collections.max(steps, ToldStep.GREATER),
                    steps.stream()
                            .map(step -> step.told().employer())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null),
                    Objects.requireNonNull(earliest(steps, step -> true)),
                    earliest(steps, step -> step.told().step().equals("ACCEPTED")),
                    earliest(steps, ToldStep::isEnd));
        }

        private static @Nullable Instant earliest(List<ToldStep> steps, Predicate<ToldStep> which) {
            return steps.stream()
                    .filter(which)
                    .map(step -> step.told().at())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    public Optional<Case> find(CaseNumber number) {
        return jdbc.sql("select * from case_index where number = :number")
                .param("number", number.value())
                .query((row, n) -> found(row))
                .optional();
    }

    /** False when that step is known. */
    public boolean addStep(CaseProgressedV1 told, Source source) {
        return step("""
            insert into case_step (number, source, step, state, status, holder, at)
            values (:number, :source, :step, :state, :status, :holder, :at)
            on conflict do nothing
            """, told, source).update() == 1;
    }

    /** A step that came in, and the case as it stood before. */
    public record Entered(Optional<Case> known, boolean isNew) {}

    /** As {@link #addStep}, if the case is not known with another person, other regions or schemes; and what is known. */
    public Entered enterStep(CaseProgressedV1 told, Source source) {
        return step("""
            with known as (select * from case_index where number = :number),
            added as (
                insert into case_step (number, source, step, state, status, holder, at)
                select :number, :source, :step, :state, :status, :holder, :at::timestamptz
                 where not exists (
                           select 1 from known
                            where (person, sending, receiving, from_scheme, to_scheme)
                               <> (:person, :sending, :receiving, :fromScheme, :toScheme))
                on conflict do nothing
                returning 1)
            select exists (select 1 from added) as is_new, known.* from (select 1) one left join known on true
            """, told, source)
                .param("person", told.person().value())
                .param("sending", told.sending().value())
                .param("receiving", told.receiving().value())
                .param("fromScheme", told.fromScheme().code())
                .param("toScheme", told.toScheme().code())
                .query((row, n) -> new Entered(
                        row.getString("number") == null ? Optional.empty() : Optional.of(found(row)),
                        row.getBoolean("is_new")))
                .single();
    }

    private JdbcClient.StatementSpec step(String sql, CaseProgressedV1 told, Source source) {
        return jdbc.sql(sql)
                .param("number", told.number().value())
                .param("source", source.toString())
                .param("step", told.step())
                .param("state", told.state())
                .param("status", told.status().name())
                .param("holder", text(told.holder()))
                .param("at", Times.at(told.at()));
    }

    /**
     * The cases with these steps taken in: of two steps the greater is shown, an end before all others. When a case began,
     * was accepted and ended is the earliest that was told, and the employer who applied the first who was named.
     */
    public Map<CaseNumber, Shown> show(List<ToldStep> steps) {
        var cases = steps.stream()
                .collect(
                        Collectors.groupingBy(step -> step.told().number().value(), TreeMap::new, Collectors.toList()));
        // Everybody in the order of the numbers, so that two who write the same cases wait for each other in one place.
        var rows = cases.values().stream().map(IndexRow::of).toList();
        var shown = new HashMap<CaseNumber, Shown>();
        jdbc.sql("""
            insert into case_index as c (number, person, sending, receiving, from_scheme, to_scheme, employer, first_at,
                                         accepted_at, ended_at, step, state, status, is_end, holder, last_at,
                                         last_source, last_sequence, reasons)
            select * from unnest(
                    :number::text[], :person::text[], :sending::text[], :receiving::text[], :fromScheme::text[],
                    :toScheme::text[], :employer::text[], :firstAt::timestamptz[], :acceptedAt::timestamptz[],
                    :endedAt::timestamptz[], :step::text[], :state::text[], :status::text[], :isEnd::boolean[],
                    :holder::text[], :lastAt::timestamptz[], :lastSource::text[], :lastSequence::bigint[],
                    :reasons::jsonb[])
            on conflict (number) do update
               set employer = coalesce(c.employer, excluded.employer),
                   first_at = least(c.first_at, excluded.first_at),
                   accepted_at = least(c.accepted_at, excluded.accepted_at),
                   ended_at = least(c.ended_at, excluded.ended_at),
                   (step, state, status, is_end, holder, last_at, last_source, last_sequence, reasons) =
                   (select one.* from (values
                        (c.step, c.state, c.status, c.is_end, c.holder, c.last_at, c.last_source, c.last_sequence,
                         c.reasons),
                        (excluded.step, excluded.state, excluded.status, excluded.is_end, excluded.holder,
                         excluded.last_at, excluded.last_source, excluded.last_sequence, excluded.reasons)
                    ) one (step, state, status, is_end, holder, last_at, last_source, last_sequence, reasons)
                    order by one.is_end desc, one.last_at desc, one.last_source collate "C" desc, one.last_sequence desc
                    limit 1)
            returning number, status, employer
            """)
                .param("number", texts(rows, row -> row.first().number()))
                .param("person", texts(rows, row -> row.first().person().value()))
                .param("sending", texts(rows, row -> row.first().sending()))
                .param("receiving", texts(rows, row -> row.first().receiving()))
                .param("fromScheme", texts(rows, row -> row.first().fromScheme().code()))
                .param("toScheme", texts(rows, row -> row.first().toScheme().code()))
                .param("employer", texts(rows, IndexRow::employer))
                .param("firstAt", texts(rows, IndexRow::firstAt))
                .param("acceptedAt", texts(rows, IndexRow::acceptedAt))
                .param("endedAt", texts(rows, IndexRow::endedAt))
                .param("step", texts(rows, row -> row.greatest().told().step()))
                .param("state", texts(rows, row -> row.greatest().told().state()))
                .param(
                        "status",
                        texts(rows, row -> row.greatest().told().status().name()))
                .param("isEnd", texts(rows, row -> row.greatest().isEnd()))
                .param("holder", texts(rows, row -> row.greatest().told().holder()))
                .param("lastAt", texts(rows, row -> row.greatest().told().at()))
                .param("lastSource", texts(rows, row -> row.greatest().source()))
                .param("lastSequence", texts(rows, row -> row.greatest().sequence()))
                .param(
                        "reasons",
                        texts(rows, row -> WireJson.text(row.greatest().told().why())))
                .query((row, n) -> shown.put(
                        new CaseNumber(row.getString("number")),
                        new Shown(PublicStatus.valueOf(row.getString("status")), row.getString("employer"))))
                .list();
        return shown;
    }

    /**
     * The newest telling stays. A limit that started anew, as after a returned sheet (R4.6), has not been warned of, missed
     * or escalated yet: what was said up to its starting day was said of the one before.
     */
    public void showLimits(List<ToldLimit> told) {
        if (told.isEmpty()) {
            return;
        }
        // One row can be written once: of a limit that is told twice the later telling stays.
        var last = new TreeMap<String, ToldLimit>();
        told.forEach(limit ->
                last.merge(limit.key(), limit, (one, other) -> one.seenAt().isAfter(other.seenAt()) ? one : other));
        var limits = List.copyOf(last.values());
        jdbc.sql("""
            insert into case_deadline as d (number, kind, region, due_on, provisional, met_at, started_on, working_days,
                                            promised_on, paused_since, pause_reason, cancelled_at, seen_at)
            select * from unnest(
                    :numbers::text[], :kinds::text[], :regions::text[], :dueOn::date[], :provisional::boolean[],
                    :metAt::timestamptz[], :startedOn::date[], :workingDays::int[], :promisedOn::date[],
                    :pausedSince::timestamptz[], :pauseReasons::text[], :cancelledAt::timestamptz[],
                    :seenAt::timestamptz[])
            on conflict (number, kind, region) do update
               set due_on = excluded.due_on, provisional = excluded.provisional, met_at = excluded.met_at,
                   started_on = excluded.started_on, working_days = excluded.working_days,
                   promised_on = excluded.promised_on, paused_since = excluded.paused_since,
                   pause_reason = excluded.pause_reason, cancelled_at = excluded.cancelled_at,
                   seen_at = excluded.seen_at,
                   working_days_left = case when said_of(excluded.started_on, d.warned_at) then d.working_days_left end,
                   warned_at = case when said_of(excluded.started_on, d.warned_at) then d.warned_at end,
                   missed_at = case when said_of(excluded.started_on, d.missed_at) then d.missed_at end,
                   escalated_at = case when said_of(excluded.started_on, d.escalated_at) then d.escalated_at end
             where d.seen_at <= excluded.seen_at
            """)
                .param("numbers", texts(limits, ToldLimit::number))
                .param("kinds", texts(limits, row -> row.limit().kind().name()))
                .param("regions", texts(limits, row -> row.limit().region()))
                .param("dueOn", texts(limits, row -> row.limit().dueOn()))
                .param("provisional", texts(limits, row -> row.limit().provisional()))
                .param("metAt", texts(limits, row -> row.limit().metAt()))
                .param("startedOn", texts(limits, row -> row.limit().startedOn()))
                .param("workingDays", texts(limits, row -> row.limit().workingDays()))
                .param("promisedOn", texts(limits, row -> row.limit().promisedOn()))
                .param("pausedSince", texts(limits, row -> row.limit().pausedSince()))
                .param("pauseReasons", texts(limits, row -> row.limit().pauseReason()))
                .param("cancelledAt", texts(limits, row -> row.limit().cancelledAt()))
                .param("seenAt", texts(limits, ToldLimit::seenAt))
                .update();
    }

    /** The newest warning stays. */
    public void warn(CaseNumber number, DeadlineWarnedV1 warned) {
        jdbc.sql("""
            insert into case_deadline as d (number, kind, region, due_on, provisional, seen_at, warned_at,
                                            working_days_left)
            values (:number, :kind, :region, :dueOn, false, '-infinity', :at, :left)
            on conflict (number, kind, region) do update set warned_at = :at, working_days_left = :left
             where said_of(d.started_on, :at) and (d.warned_at is null or d.warned_at < :at)
            """)
                .param("number", number.value())
                .param("kind", warned.kind().name())
                .param("region", warned.region().value())
                .param("dueOn", warned.dueOn())
                .param("at", Times.at(warned.at()))
                .param("left", warned.workingDaysLeft())
                .update();
    }

    /** Missed once in each of its lives: the newest stays. */
    public void miss(CaseNumber number, DeadlineMissedV1 missed, boolean technically) {
        jdbc.sql("""
            insert into case_deadline as d (number, kind, region, due_on, provisional, seen_at, missed_at,
                                            missed_technically)
            values (:number, :kind, :region, :dueOn, false, '-infinity', :at, :technically)
            on conflict (number, kind, region) do update set missed_at = :at, missed_technically = :technically
             where said_of(d.started_on, :at) and (d.missed_at is null or d.missed_at < :at)
            """)
                .param("number", number.value())
                .param("kind", missed.kind().name())
                .param("region", missed.region().value())
                .param("dueOn", missed.dueOn())
                .param("at", Times.at(missed.at()))
                .param("technically", technically)
                .update();
    }

    public void escalate(CaseNumber number, DeadlineEscalatedV1 escalated) {
        jdbc.sql("""
            insert into case_deadline as d (number, kind, region, due_on, provisional, seen_at, escalated_at)
            values (:number, :kind, :region, :dueOn, false, '-infinity', :at)
            on conflict (number, kind, region) do update set escalated_at = :at
             where said_of(d.started_on, :at) and (d.escalated_at is null or d.escalated_at < :at)
            """)
                .param("number", number.value())
                .param("kind", escalated.kind().name())
                .param("region", escalated.region().value())
                .param("dueOn", escalated.dueOn())
                .param("at", Times.at(escalated.at()))
                .update();
    }

    public List<Limit> limits(List<CaseNumber> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select * from case_deadline where number in (:numbers) order by number, due_on, kind")
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .query((row, n) -> new Limit(
                        new CaseNumber(row.getString("number")),
                        DeadlineKind.valueOf(row.getString("kind")),
                        new RegionCode(row.getString("region")),
                        Times.day(row, "due_on"),
                        row.getBoolean("provisional"),
                        Times.instantOrNull(row, "met_at"),
                        row.getObject("started_on", LocalDate.class),
                        row.getObject("working_days", Integer.class),
                        row.getObject("promised_on", LocalDate.class),
                        Times.instantOrNull(row, "paused_since"),
                        row.getString("pause_reason"),
                        Times.instantOrNull(row, "cancelled_at"),
                        row.getObject("working_days_left", Integer.class),
                        Times.instantOrNull(row, "missed_at"),
                        Times.instantOrNull(row, "escalated_at")))
                .list();
    }

    static Case found(ResultSet row) throws SQLException {
        return new Case(
                new CaseNumber(row.getString("number")),
                new PersonId(row.getString("person")),
                new RegionCode(row.getString("sending")),
                new RegionCode(row.getString("receiving")),
                Scheme.ofCode(row.getString("from_scheme")),
                Scheme.ofCode(row.getString("to_scheme")),
                Times.instant(row, "first_at"),
                row.getString("step"),
                row.getString("state"),
                PublicStatus.valueOf(row.getString("status")),
                row.getString("holder") == null ? null : new RegionCode(row.getString("holder")),
                Times.instant(row, "last_at"),
                List.of(WireJson.read(row.getString("reasons"), CodedReason[].class)));
    }

    private static @Nullable String text(@Nullable RegionCode region) {
        return region == null ? null : region.value();
    }
}
