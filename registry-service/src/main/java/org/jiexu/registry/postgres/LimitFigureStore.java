package org.jiexu.registry.postgres;

import java.util.List;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 时限统计 — open limits by region, kind, stage and last day, and how many were kept; noted and folded as the cases' are. */
@Repository
public class LimitFigureStore {
    private final JdbcClient jdbc;

    LimitFigureStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 范围 — a region, or a province, or neither for the country. */
    public record Place(
            @Nullable RegionCode region, @Nullable String province) {
        String condition() {
            if (region != null) {
                return "region = :place";
            }
            return province != null ? "left(region, 2) = :place" : ":place = ''";
        }

        String value() {
            if (region != null) {
                return region.value();
            }
            return province == null ? "" : province.substring(0, 2);
        }
    }

    /** @param daysLeft −1 overdue, 0 today, null later than ten working days */
    public record Cell(
            RegionCode region,
            DeadlineKind kind,
            String stage,
            @Nullable Integer daysLeft,
            long count) {}

    public List<Cell> cells(Place place, @Nullable DeadlineKind kind, Nearness nearness) {
        return open(place, nearness, """
            select region, kind, stage, days_left, sum(n) as n from placed
             where :kind::text is null or kind = :kind
             group by 1, 2, 3, 4 having sum(n) <> 0
             order by 1, 2, 3, 4
            """)
                .param("kind", kind == null ? null : kind.name())
                .query((row, n) -> {
                    int left = row.getInt("days_left");
                    return new Cell(
                            new RegionCode(row.getString("region")),
                            DeadlineKind.valueOf(row.getString("kind")),
                            row.getString("stage"),
                            left == Nearness.LATER ? null : left,
                            row.getLong("n"));
                })
                .list();
    }

    /** 时限总数. */
    public record Totals(
            long open, long overdue, long dueToday, long atRisk, long escalated, long paused, long provisional) {}

    public Totals totals(Place place, Nearness nearness) {
        return open(place, nearness, """
            select coalesce(sum(n), 0) as open,
                   coalesce(sum(n) filter (where days_left = -1), 0) as overdue,
                   coalesce(sum(n) filter (where due_on = :today), 0) as due_today,
                   coalesce(sum(n) filter (where at_risk), 0) as at_risk,
                   coalesce(sum(n) filter (where escalated), 0) as escalated,
                   coalesce(sum(n) filter (where paused), 0) as paused,
                   coalesce(sum(n) filter (where provisional), 0) as provisional
              from placed
            """)
                .query((row, n) -> new Totals(
                        row.getLong("open"),
                        row.getLong("overdue"),
                        row.getLong("due_today"),
                        row.getLong("at_risk"),
                        row.getLong("escalated"),
                        row.getLong("paused"),
                        row.getLong("provisional")))
                .single();
    }

    /** Of one region and kind, for those who watch from outside. */
    public record OfRegion(RegionCode region, DeadlineKind kind, long open, long overdue, long atRisk) {}

    public List<OfRegion> perRegion(Nearness nearness) {
        return open(new Place(null, null), nearness, """
            select region, kind, sum(n) as open,
                   coalesce(sum(n) filter (where days_left = -1), 0) as overdue,
                   coalesce(sum(n) filter (where at_risk), 0) as at_risk
              from placed group by 1, 2 order by 1, 2
            """)
                .query((row, n) -> new OfRegion(
                        new RegionCode(row.getString("region")),
                        DeadlineKind.valueOf(row.getString("kind")),
                        row.getLong("open"),
                        row.getLong("overdue"),
                        row.getLong("at_risk")))
                .list();
    }

    /** Figures and the notes not folded yet, of a place; {@code days_left} and {@code at_risk} as of today. */
    private JdbcClient.StatementSpec open(Place place, Nearness nearness, String select) {
        return jdbc.sql("""
            with own as (
                select region, days::date[] as days, at_risk::date as at_risk
                  from unnest(:regions::text[], :days::text[], :atRisk::text[]) as own (region, days, at_risk)),
            -- Once: as a cast in the expressions below the array would be read anew for every row.
            here as materialized (select :hereDays::date[] as days, :hereAtRisk::date as at_risk),
            noted as (
                select region, kind, stage, due_on, promised_on, paused, provisional, escalated, n
                  from limit_figure where name = 'OPEN' and %1$s
                union all
                select region, kind, stage, due_on, promised_on, paused, provisional, escalated, n
                  from limit_figure_note where name = 'OPEN' and %1$s),
            placed as (
                select f.*,
                       width_bucket(f.due_on, coalesce(o.days, h.days)) - 1 as days_left,
                       f.due_on >= :today and not f.paused
                           and f.promised_on <= coalesce(o.at_risk, h.at_risk) as at_risk
                  from noted f cross join here h left join own o on o.region = f.region)
            """.formatted(place.condition()) + select)
                .param("place", place.value())
                .param("regions", nearness.regions())
                .param("days", nearness.days())
                .param("atRisk", nearness.atRisk())
                .param("hereDays", nearness.hereDays())
                .param("hereAtRisk", nearness.hereAtRisk())
                .param("today", nearness.today());
    }

    /** 按时办结 — limits of one region and kind whose last day lay in a quarter. */
    public record OnTime(RegionCode region, DeadlineKind kind, long met, long missedTechnical, long missedHuman) {}

    public List<OnTime> onTime(Place place, Quarter quarter) {
        return jdbc.sql("""
            with noted as (
                select name, region, kind, n from limit_figure
                 where name in ('MET', 'MISSED_TECHNICAL', 'MISSED_HUMAN')
                   and due_on >= :from and due_on < :until and %1$s
                union all
                select name, region, kind, n from limit_figure_note
                 where name in ('MET', 'MISSED_TECHNICAL', 'MISSED_HUMAN')
                   and due_on >= :from and due_on < :until and %1$s)
            select region, kind,
                   coalesce(sum(n) filter (where name = 'MET'), 0) as met,
                   coalesce(sum(n) filter (where name = 'MISSED_TECHNICAL'), 0) as technical,
                   coalesce(sum(n) filter (where name = 'MISSED_HUMAN'), 0) as human
              from noted group by 1, 2 having bool_or(n <> 0) order by 1, 2
            """.formatted(place.condition()))
                .param("place", place.value())
                .param("from", quarter.firstDay())
                .param("until", quarter.next().firstDay())
                .query((row, n) -> new OnTime(
                        new RegionCode(row.getString("region")),
                        DeadlineKind.valueOf(row.getString("kind")),
                        row.getLong("met"),
                        row.getLong("technical"),
                        row.getLong("human")))
                .list();
    }

    /** As {@link CaseFigureStore#fold}. */
    public int fold(int most) {
        boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(43, 1061)")
                .query(Boolean.class)
                .single();
        if (!mine) {
            return 0;
        }
        int folded = jdbc.sql("""
            with taken as (
                delete from limit_figure_note
                 where id <= (select max(id) from (select id from limit_figure_note order by id limit :most) first)
                returning *),
            folded as (
                insert into limit_figure
                       (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
                select name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, sum(n)
                  from taken group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9
                on conflict (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated)
                do update set n = limit_figure.n + excluded.n)
            select count(*) from taken
            """).param("most", most).query(Integer.class).single();
        if (folded > 0) {
            jdbc.sql("delete from limit_figure where n = 0").update();
        }
        return folded;
    }

    /** As {@link CaseFigureStore#recount}. */
    public void recount() {
        jdbc.sql("select pg_advisory_xact_lock(43, 1061)").query((row, n) -> 0).single();
        jdbc.sql("lock table case_deadline in share row exclusive mode").update();
        jdbc.sql("delete from limit_figure_note").update();
        jdbc.sql("delete from limit_figure").update();
        for (int share = 0; share < CaseFigureStore.SHARES; share++) {
            jdbc.sql("""
                insert into limit_figure
                       (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
                select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional,
                       f.escalated, count(*)
                  from case_deadline r cross join lateral figures_of_limit(r) f
                 where abs(hashtext(r.number) % :shares) = :share
                 group by 1, 2, 3, 4, 5, 6, 7, 8, 9
                on conflict (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated)
                do update set n = limit_figure.n + excluded.n
                """)
                    .param("shares", CaseFigureStore.SHARES)
                    .param("share", share)
                    .update();
        }
    }
}
