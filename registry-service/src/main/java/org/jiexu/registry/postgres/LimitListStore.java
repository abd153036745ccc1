package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.registry.postgres.LimitFigureStore.Place;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 时限列表 — open limits, the nearest last day first; every list runs along an index of open limits. */
@Repository
public class LimitListStore {
    private final JdbcClient jdbc;

    LimitListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 时限状态. */
    public enum State {
        OPEN,
        AT_RISK,
        MISSED,
        ESCALATED,
        PAUSED,
        PROVISIONAL
    }

    /** 期限, with where its case stands. */
    public record Row(
            CaseNumber number,
            DeadlineKind kind,
            RegionCode region,
            @Nullable LocalDate startedOn,
            @Nullable Integer workingDays,
            LocalDate dueOn,
            @Nullable LocalDate promisedOn,
            boolean provisional,
            @Nullable Instant pausedSince,
            @Nullable String pauseReason,
            @Nullable Instant warnedAt,
            @Nullable Instant missedAt,
            @Nullable Instant escalatedAt,
            @Nullable Instant metAt,
            @Nullable Instant cancelledAt,
            boolean open,
            @Nullable String step,
            @Nullable PublicStatus status,
            @Nullable RegionCode holder) {}

    /**
     * What a list asks for; null asks for nothing.
     *
     * @param daysLeft as in a cell; {@link Nearness#LATER} for later ones
     */
    public record Filter(
            Place place,
            @Nullable DeadlineKind kind,
            @Nullable String stage,
            @Nullable Integer daysLeft,
            State state) {}

    /** Behind which row the next page begins. */
    public record Position(LocalDate dueOn, String number, String kind, String region) {}

    public List<Row> list(Filter filter, Nearness nearness, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        conditions.add("d.is_open");
        place(filter.place(), conditions, values);
        if (filter.kind() != null) {
            conditions.add("d.kind = :kind");
            values.put("kind", filter.kind().name());
        }
        if (filter.stage() != null) {
            conditions.add("d.stage = :stage");
            values.put("stage", filter.stage());
        }
        if (filter.daysLeft() != null) {
            near(filter.daysLeft(), nearness, conditions, values);
        }
        state(filter.state(), nearness, conditions, values);
        if (after != null) {
            conditions.add("(d.due_on, d.number, d.kind, d.region) > (:dueOn, :number, :kindAfter, :regionAfter)");
            values.put("dueOn", after.dueOn());
            values.put("number", after.number());
            values.put("kindAfter", after.kind());
            values.put("regionAfter", after.region());
        }
        values.put("regions", nearness.regions());
        values.put("days", nearness.days());
        values.put("atRisk", nearness.atRisk());
        values.put("limit", limit);
        return jdbc.sql("""
            with own as materialized (
                select region, days::date[] as days, at_risk::date as at_risk
                  from unnest(:regions::text[], :days::text[], :atRisk::text[]) as own (region, days, at_risk)),
            page as (
                select d.* from case_deadline d
                 where %s
                 order by d.due_on, d.number, d.kind, d.region limit :limit)
            select page.*, c.step, c.status, c.holder from page left join case_index c on c.number = page.number
             order by page.due_on, page.number, page.kind, page.region
            """.formatted(String.join(" and ", conditions)))
                .params(values)
                .query(LimitListStore::row)
                .list();
    }

    /** What a region of its own calendar or warnings has; a look into a few rows, so that the index keeps the order. */
    private static String own(String column) {
        return "(select o." + column + " from own o where o.region = d.region)";
    }

    private static void place(Place place, List<String> conditions, Map<String, Object> values) {
        if (place.region() != null) {
            conditions.add("d.region = :place");
            values.put("place", place.value());
        } else if (place.province() != null) {
            conditions.add("left(d.region, 2) = :place");
            values.put("place", place.value());
        }
    }

    /** First the days between which every region's answer lies, for the index; then each region's own. */
    private static void near(int daysLeft, Nearness nearness, List<String> conditions, Map<String, Object> values) {
        if (daysLeft == Nearness.OVERDUE) {
            conditions.add("d.due_on < :today");
            values.put("today", nearness.today());
            return;
        }
        conditions.add("d.due_on >= :earliest");
        values.put("earliest", nearness.earliest(daysLeft));
        if (daysLeft != Nearness.LATER) {
            conditions.add("d.due_on <= :latest");
            values.put("latest", nearness.latest(daysLeft));
        }
        conditions.add("width_bucket(d.due_on, coalesce(" + own("days") + ", :hereDays::date[])) - 1 = :daysLeft");
        values.put("hereDays", nearness.hereDays());
        values.put("daysLeft", daysLeft);
    }

    private static void state(State state, Nearness nearness, List<String> conditions, Map<String, Object> values) {
        switch (state) {
            case OPEN -> {}
            case AT_RISK -> {
                conditions.add("d.due_on >= :today and d.paused_since is null");
                conditions.add(
                        "coalesce(d.promised_on, d.due_on) <= coalesce(" + own("at_risk") + ", :hereAtRisk::date)");
                values.put("today", nearness.today());
                values.put("hereAtRisk", nearness.hereAtRisk());
            }
            case MISSED -> {
                conditions.add("d.due_on < :today");
                values.put("today", nearness.today());
            }
            case ESCALATED -> conditions.add("d.escalated_at is not null");
            case PAUSED -> conditions.add("d.paused_since is not null");
            case PROVISIONAL -> conditions.add("d.provisional");
        }
    }

    /** Every limit of a case, open or not, in the order of their last days. */
    public List<Row> ofCase(CaseNumber number) {
        return jdbc.sql("""
            select d.*, c.step, c.status, c.holder from case_deadline d left join case_index c on c.number = d.number
             where d.number = :number order by d.due_on, d.kind, d.region
            """)
                .param("number", number.value())
                .query(LimitListStore::row)
                .list();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        var holder = row.getString("holder");
        var status = row.getString("status");
        return new Row(
                new CaseNumber(row.getString("number")),
                DeadlineKind.valueOf(row.getString("kind")),
                new RegionCode(row.getString("region")),
                Times.dayOrNull(row, "started_on"),
                row.getObject("working_days", Integer.class),
                Times.day(row, "due_on"),
                Times.dayOrNull(row, "promised_on"),
                row.getBoolean("provisional"),
                Times.instantOrNull(row, "paused_since"),
                row.getString("pause_reason"),
                Times.instantOrNull(row, "warned_at"),
                Times.instantOrNull(row, "missed_at"),
                Times.instantOrNull(row, "escalated_at"),
                Times.instantOrNull(row, "met_at"),
                Times.instantOrNull(row, "cancelled_at"),
                row.getBoolean("is_open"),
                row.getString("step"),
                status == null ? null : PublicStatus.valueOf(status),
                holder == null ? null : new RegionCode(holder));
    }
}
