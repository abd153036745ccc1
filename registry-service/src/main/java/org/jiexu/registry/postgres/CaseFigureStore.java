package org.jiexu.registry.postgres;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 业务统计 — how many cases stand where. PostgreSQL notes each change in the transaction that makes it (V1071); a reader adds
 * the notes to the figures into which they have been folded, so that both together are exact at every moment.
 */
@Repository
public class CaseFigureStore {
    /** Anew is counted in so many statements: one over millions of rows would outlast the patience for a statement. */
    static final int SHARES = 16;

    private final JdbcClient jdbc;

    CaseFigureStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 统计范围 — the country, a province, or a region: the cases that touch it. */
    public record Scope(String key) {
        public static Scope national() {
            return new Scope("*");
        }

        public static Scope ofProvince(String province) {
            return new Scope("P" + province.substring(0, 2));
        }

        public static Scope ofRegion(String region) {
            return new Scope("R" + region);
        }
    }

    /** What is counted, by one or two words and a day; those that a figure does not have are empty. */
    public record Figure(
            String name,
            String a,
            String b,
            String c,
            @Nullable LocalDate day,
            long count) {}

    /** All figures of a scope but those of its pairs; days not before {@code since}, except for open cases. */
    public List<Figure> figures(Scope scope, LocalDate since) {
        return jdbc.sql("""
            select name, a, b, c, nullif(day, '-infinity') as day, sum(n) as n
              from (select name, a, b, c, day, n from case_figure
                     where name in ('CASE', 'OPEN') and scope = :scope
                    union all
                    select name, a, b, c, day, n from case_figure
                     where name in ('SUBMITTED', 'ACCEPTED', 'ENDED') and scope = :scope and day >= :since
                    union all
                    select name, a, b, c, day, n from case_note
                     where touches(:scope, sending, receiving)
                       and (name in ('CASE', 'OPEN') or name in ('SUBMITTED', 'ACCEPTED', 'ENDED') and day >= :since)
                   ) figures
             group by 1, 2, 3, 4, 5 having sum(n) <> 0
             order by 1, 5, 2, 3, 4
            """)
                .param("scope", scope.key())
                .param("since", since)
                .query((row, n) -> new Figure(
                        row.getString("name"),
                        row.getString("a"),
                        row.getString("b"),
                        row.getString("c"),
                        Times.dayOrNull(row, "day"),
                        row.getLong("n")))
                .list();
    }

    /** 转出地与转入地 — how many cases lie between two regions. */
    public record Pair(String sending, String receiving, long open, long completed) {}

    /** The pairs with the most open cases. A pair with notes may move up or down: all of those are looked at too. */
    public List<Pair> busiest(Scope scope, int limit) {
        return jdbc.sql("""
            with noted as (
                select distinct a, b from case_note
                 where name = 'PAIR_OPEN' and touches(:scope, sending, receiving)),
            candidate as (
                (select a, b from case_figure where name = 'PAIR_OPEN' and scope = :scope
                  order by n desc limit :limit + (select count(*) from noted))
                union
                select a, b from noted),
            counted as (
                select a, b,
                       (select coalesce(sum(n), 0) from case_figure f
                         where f.name = 'PAIR_OPEN' and f.scope = :scope and (f.a, f.b) = (p.a, p.b))
                     + (select coalesce(sum(n), 0) from case_note f
                         where f.name = 'PAIR_OPEN' and touches(:scope, f.sending, f.receiving)
                           and (f.a, f.b) = (p.a, p.b)) as open,
                       (select coalesce(sum(n), 0) from case_figure f
                         where f.name = 'PAIR_COMPLETED' and f.scope = :scope and (f.a, f.b) = (p.a, p.b))
                     + (select coalesce(sum(n), 0) from case_note f
                         where f.name = 'PAIR_COMPLETED' and touches(:scope, f.sending, f.receiving)
                           and (f.a, f.b) = (p.a, p.b)) as completed
                  from candidate p)
            select * from counted where open > 0 order by open desc, a, b limit :limit
            """)
                .param("scope", scope.key())
                .param("limit", limit)
                .query((row, n) ->
                        new Pair(row.getString("a"), row.getString("b"), row.getLong("open"), row.getLong("completed")))
                .list();
    }

    /** The open case that began first, on that day or after it; the day is known from the figures. */
    public List<CaseIndexStore.Case> oldestOpen(Scope scope, LocalDate day) {
        var found = new ArrayList<CaseIndexStore.Case>();
        for (var side : sides(scope)) {
            found.addAll(jdbc.sql("""
                select * from case_index
                 where not is_end and first_at >= :day::date::timestamp at time zone 'Asia/Shanghai' %s
                 order by first_at, number limit 1
                """.formatted(side))
                    .param("day", day)
                    .param("key", scope.key().substring(1))
                    .query((row, n) -> CaseIndexStore.found(row))
                    .list());
        }
        return found;
    }

    private static List<String> sides(Scope scope) {
        return switch (scope.key().charAt(0)) {
            case 'P' -> List.of("and left(sending, 2) = :key", "and left(receiving, 2) = :key");
            case 'R' -> List.of("and sending = :key", "and receiving = :key");
            default -> List.of("and :key = ''");
        };
    }

    /** Folds notes into figures, in one order; one transaction at a time. Returns how many notes it has folded. */
    public int fold(int most) {
        boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(43, 1060)")
                .query(Boolean.class)
                .single();
        if (!mine) {
            return 0;
        }
        int folded = jdbc.sql("""
            with taken as (
                delete from case_note
                 where id <= (select max(id) from (select id from case_note order by id limit :most) first)
                returning *),
            folded as (
                insert into case_figure (name, scope, a, b, c, day, n)
                select name, scope, a, b, c, day, sum(n)
                  from taken cross join lateral scopes_of(sending, receiving) s (scope)
                 group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
                on conflict (name, scope, a, b, c, day) do update set n = case_figure.n + excluded.n)
            select count(*) from taken
            """).param("most", most).query(Integer.class).single();
        if (folded > 0) {
            jdbc.sql("delete from case_figure where n = 0").update();
        }
        return folded;
    }

    /** Counts all figures anew from the cases, which stand still meanwhile. */
    public void recount() {
        jdbc.sql("select pg_advisory_xact_lock(43, 1060)").query((row, n) -> 0).single();
        jdbc.sql("lock table case_index in share row exclusive mode").update();
        jdbc.sql("delete from case_note").update();
        jdbc.sql("delete from case_figure").update();
        for (int share = 0; share < SHARES; share++) {
            jdbc.sql("""
                insert into case_figure (name, scope, a, b, c, day, n)
                select f.name, f.scope, f.a, f.b, f.c, f.day, count(*)
                  from case_index r cross join lateral figures_of(r) f
                 where abs(hashtext(r.number) % :shares) = :share
                 group by 1, 2, 3, 4, 5, 6
                on conflict (name, scope, a, b, c, day) do update set n = case_figure.n + excluded.n
                """).param("shares", SHARES).param("share", share).update();
        }
    }
}
