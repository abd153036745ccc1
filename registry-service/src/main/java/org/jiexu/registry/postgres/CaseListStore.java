package org.jiexu.registry.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 办件列表 — cases by what people look for; each list runs along an index and never looks at all cases. */
@Repository
public class CaseListStore {
    private static final String ORDER = " order by first_at desc, number desc limit :limit";

    private final JdbcClient jdbc;

    CaseListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a list asks for; null asks for nothing.
     *
     * @param region on either side
     * @param province on either side: operators of a province see the cases that touch it
     * @param from the first day on which the case began, {@code to} the last one
     * @param begins of the number
     * @param employer cases that it applied for, and those of persons enrolled under it in the receiving region (R1.5)
     */
    public record Filter(
            @Nullable RegionCode region,
            @Nullable RegionCode sending,
            @Nullable RegionCode receiving,
            @Nullable String province,
            @Nullable PublicStatus status,
            @Nullable String step,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String begins,
            @Nullable PersonId person,
            @Nullable String employer) {

        public static Filter ofPerson(PersonId person) {
            return new Filter(null, null, null, null, null, null, null, null, null, person, null);
        }

        public static Filter ofEmployer(String uscc) {
            return new Filter(null, null, null, null, null, null, null, null, null, null, uscc);
        }
    }

    /** Newest first; {@code after} is the last number seen. */
    public List<CaseIndexStore.Case> list(Filter filter, @Nullable String after, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        conditions(filter, conditions, values);
        if (after != null) {
            conditions.add(
                    "(first_at, number) < (select a.first_at, a.number from case_index a where a.number = :after)");
            values.put("after", after);
        }
        values.put("limit", limit);
        return jdbc.sql(statement(filter, conditions, values))
                .params(values)
                .query((row, n) -> CaseIndexStore.found(row))
                .list();
    }

    /** "On either side" is asked side by side: the index of each gives its newest, and the newest of both are few. */
    private static String statement(Filter filter, List<String> conditions, Map<String, Object> values) {
        var region = filter.region();
        var province = filter.province();
        if (region != null) {
            values.put("region", region.value());
            if (province != null) {
                values.put("province", province.substring(0, 2));
                conditions.add("(left(sending, 2) = :province or left(receiving, 2) = :province)");
            }
            return either("sending = :region", "receiving = :region", conditions);
        }
        if (province != null) {
            values.put("province", province.substring(0, 2));
            return either("left(sending, 2) = :province", "left(receiving, 2) = :province", conditions);
        }
        return "select * from case_index c where " + all(conditions) + ORDER;
    }

    private static String either(String one, String other, List<String> conditions) {
        var first = new ArrayList<>(conditions);
        first.add(one);
        var second = new ArrayList<>(conditions);
        second.add(other);
        return "select * from ((select * from case_index c where " + all(first) + ORDER
                + ") union (select * from case_index c where " + all(second) + ORDER + ")) c" + ORDER;
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    private static void conditions(Filter filter, List<String> conditions, Map<String, Object> values) {
        equal("sending", filter.sending() == null ? null : filter.sending().value(), conditions, values);
        equal(
                "receiving",
                filter.receiving() == null ? null : filter.receiving().value(),
                conditions,
                values);
        equal("status", filter.status() == null ? null : filter.status().name(), conditions, values);
        equal("step", filter.step(), conditions, values);
        if (filter.from() != null) {
            conditions.add("first_at >= :from::date::timestamp at time zone 'Asia/Shanghai'");
            values.put("from", filter.from());
        }
        if (filter.to() != null) {
            conditions.add("first_at < (:to::date + 1)::timestamp at time zone 'Asia/Shanghai'");
            values.put("to", filter.to());
        }
        if (filter.begins() != null) {
            conditions.add("number like :begins");
            values.put("begins", filter.begins() + "%");
        }
        if (filter.person() != null) {
            conditions.add("person in (select same_person(:person))");
            values.put("person", filter.person().value());
        }
        if (filter.employer() != null) {
            conditions.add("""
                (employer = :employer or exists (
                    select 1 from participation p
                     where p.person = coalesce((select person from person_alias where alias = c.person), c.person)
                       and p.region = c.receiving and p.employer = :employer))
                """);
            values.put("employer", filter.employer());
        }
    }

    private static void equal(
            String column, @Nullable String value, List<String> conditions, Map<String, Object> values) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            values.put(column, value);
        }
    }

    /** 办理环节 — a step as its service told it. */
    public record Step(
            String source,
            String step,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant at) {}

    /** All steps of a case in the order in which they happened. */
    public List<Step> steps(CaseNumber number) {
        return jdbc.sql("select * from case_step where number = :number order by at, source, step, state")
                .param("number", number.value())
                .query((row, n) -> {
                    var holder = row.getString("holder");
                    return new Step(
                            row.getString("source"),
                            row.getString("step"),
                            row.getString("state"),
                            PublicStatus.valueOf(row.getString("status")),
                            holder == null ? null : new RegionCode(holder),
                            Times.instant(row, "at"));
                })
                .list();
    }
}
