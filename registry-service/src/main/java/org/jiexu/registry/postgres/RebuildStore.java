package org.jiexu.registry.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 统计重建 — the projections once more beside themselves, and the moment at which they change places. */
@Repository
public class RebuildStore {
    private static final List<String> TABLES = List.of("case_index", "case_step", "case_deadline");
    private static final List<String> ALL_TABLES = List.of("case_index", "case_step", "case_deadline", "left_balance");

    private final JdbcClient jdbc;

    RebuildStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 重建进度. */
    public record Progress(
            String state,
            String startedBy,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long read,
            long all,
            @Nullable Long casesChanged,
            @Nullable Long limitsChanged) {}

    /** False when one is running; one whose process has gone may be begun anew. */
    public boolean begin(String who, Instant at) {
        return jdbc.sql("""
            insert into projection_rebuild (state, started_by, started_at, beat_at)
            values ('RUNNING', :who, :at, now())
            on conflict (one) do update
               set state = 'RUNNING', started_by = :who, started_at = :at, beat_at = now(), finished_at = null,
                   records_read = 0, records_all = 0, cases_changed = null, limits_changed = null
             where projection_rebuild.state <> 'RUNNING'
                or projection_rebuild.beat_at < now() - interval '2 minutes'
            """).param("who", who).param("at", Times.at(at)).update() == 1;
    }

    public void beat(long read, long all) {
        jdbc.sql("update projection_rebuild set records_read = :read, records_all = :all, beat_at = now()")
                .param("read", read)
                .param("all", all)
                .update();
    }

    public void end(String state, Instant at, @Nullable Long cases, @Nullable Long limits) {
        jdbc.sql("""
            update projection_rebuild
               set state = :state, finished_at = :at, cases_changed = :cases::bigint, limits_changed = :limits::bigint
            """)
                .param("state", state)
                .param("at", Times.at(at))
                .param("cases", cases)
                .param("limits", limits)
                .update();
    }

    public Optional<Progress> progress() {
        return jdbc.sql("select * from projection_rebuild")
                .query((row, n) -> new Progress(
                        row.getString("state"),
                        row.getString("started_by"),
                        Times.instant(row, "started_at"),
                        Times.instantOrNull(row, "finished_at"),
                        row.getLong("records_read"),
                        row.getLong("records_all"),
                        row.getObject("cases_changed", Long.class),
                        row.getObject("limits_changed", Long.class)))
                .optional();
    }

    /** Empty tables of the same form. */
    public void clear() {
        for (var table : ALL_TABLES) {
            jdbc.sql("drop table if exists rebuilding." + table).update();
            jdbc.sql("create table rebuilding." + table + " (like public." + table
                            + " including defaults including constraints including indexes)")
                    .update();
        }
    }

    /** For the rest of this transaction the stores of the projections write beside them. */
    public void writeBeside() {
        jdbc.sql("set local search_path = rebuilding, public").update();
    }

    /**
     * From here to the end of the transaction the live consumer takes nothing: a batch begins by moving its offsets, so
     * this one lock waits for the batch at work and holds up the next. Where it stands then.
     */
    public Map<String, Long> stop() {
        jdbc.sql("set local search_path = public").update();
        jdbc.sql("lock table topic_offset in share mode").update();
        record Standing(String topic, long next) {}
        return jdbc
                .sql("select topic, next from topic_offset where partition = 0")
                .query((row, n) -> new Standing(row.getString("topic"), row.getLong("next")))
                .list()
                .stream()
                .collect(Collectors.toMap(Standing::topic, Standing::next));
    }

    public long changed(String table, String columns) {
        return jdbc.sql("""
            select count(*) from (
                (select %2$s from public.%1$s except select %2$s from rebuilding.%1$s)
                union all
                (select %2$s from rebuilding.%1$s except select %2$s from public.%1$s)) differing
            """.formatted(table, columns)).query(Long.class).single();
    }

    /**
     * @param whole the topics of cases begin at their beginning; otherwise cases that they no longer hold stay as they are
     * @param wholeParticipation the same of balances that stay, and their topics
     */
    public void changePlaces(boolean whole, boolean wholeParticipation) {
        for (var table : TABLES.reversed()) {
            jdbc.sql("delete from public." + table
                            + (whole ? "" : " where number in (select number from rebuilding.case_index)"))
                    .update();
        }
        for (var table : TABLES) {
            jdbc.sql("insert into public." + table + " select * from rebuilding." + table)
                    .update();
        }
        changeLeftBalances(wholeParticipation);
    }

    /** A record may have been merged since its row was read again. */
    private void changeLeftBalances(boolean whole) {
        jdbc.sql("delete from public.left_balance l"
                        + (whole
                                ? ""
                                : " where exists (select from rebuilding.left_balance r"
                                        + " where r.account_of = l.account_of and r.region = l.region)"))
                .update();
        jdbc.sql("""
            insert into public.left_balance (account_of, region, person, amount, chosen, change, said_at)
            select r.account_of, r.region, coalesce(a.person, r.person), r.amount, r.chosen, r.change, r.said_at
              from rebuilding.left_balance r left join public.person_alias a on a.alias = r.person
            """).update();
    }
}
