package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.OpenTask;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 办理环节与待办 — what has happened to a case, and what waits for people. */
@Repository
public class ProgressStore {
    private final JdbcClient jdbc;

    public ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The same step with the same detail is one step, however often it is told. */
    public void happened(CaseNumber number, TakenStep step) {
        happened(number, List.of(step));
    }

    /** Several, in the order in which they happened. */
    public void happened(CaseNumber number, List<TakenStep> steps) {
        jdbc.sql("""
            insert into step (number, step, detail, holder, at)
            select :number, taken.step, taken.detail, taken.holder, taken.at
              from unnest(:steps::text[], :details::text[], :holders::text[], :at::timestamptz[])
                   with ordinality as taken (step, detail, holder, at, place)
             order by taken.place
            on conflict (number, step, detail) do nothing
            """)
                .param("number", number.value())
                .param("steps", texts(steps, step -> step.step().name()))
                .param("details", texts(steps, TakenStep::detail))
                .param("holders", texts(steps, TakenStep::holder))
                .param("at", texts(steps, TakenStep::at))
                .update();
    }

    private static @Nullable String[] texts(List<TakenStep> steps, Function<TakenStep, ? extends @Nullable Object> of) {
        return steps.stream()
                .map(of)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    public List<TakenStep> steps(CaseNumber number) {
        return jdbc.sql("select * from step where number = :number order by position")
                .param("number", number.value())
                .query(ProgressStore::step)
                .list();
    }

    /** At most one of a kind is open for a case. */
    public void open(RegionCode region, CaseNumber number, Work work, Instant at) {
        jdbc.sql("""
            insert into task (region, number, kind, opened_at)
            values (:region, :number, :kind, :at)
            on conflict (number, kind) where done_at is null do nothing
            """)
                .param("region", region.value())
                .param("number", number.value())
                .param("kind", work.name())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether one was open. */
    public boolean done(CaseNumber number, Work work, Instant at) {
        return jdbc.sql("update task set done_at = :at where number = :number and kind = :kind and done_at is null")
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("number", number.value())
                        .param("kind", work.name())
                        .update()
                > 0;
    }

    /** Open tasks of a region, the oldest first, at most {@code limit} after position {@code after}. */
    public List<OpenTask> tasks(RegionCode region, @Nullable Work kind, long after, int limit) {
        return jdbc.sql("""
            select * from task
             where region = :region and done_at is null and position > :after
               and (cast(:kind as text) is null or kind = :kind)
             order by position
             limit :limit
            """)
                .param("region", region.value())
                .param("after", after)
                .param("kind", kind == null ? null : kind.name())
                .param("limit", limit)
                .query(ProgressStore::task)
                .list();
    }

    private static TakenStep step(ResultSet row, int n) throws SQLException {
        var holder = row.getString("holder");
        return new TakenStep(
                Step.valueOf(row.getString("step")),
                row.getString("detail"),
                holder == null ? null : new RegionCode(holder),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static OpenTask task(ResultSet row, int n) throws SQLException {
        return new OpenTask(
                row.getLong("position"),
                new CaseNumber(row.getString("number")),
                Work.valueOf(row.getString("kind")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant());
    }
}
