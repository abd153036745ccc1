package org.jiexu.registry.postgres;

import java.time.LocalDate;
import java.util.Random;
import java.util.stream.IntStream;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases by the hundred thousand, spread over all regions and over the days around today; two open limits each. */
public final class ManyCases {
    private static final int AT_ONCE = 50_000;

    private ManyCases() {}

    /** Adds half as many cases as limits; {@code today} is in the middle of their last days. */
    public static void fill(JdbcClient jdbc, int limits, LocalDate today) {
        var regions = jdbc.sql("select code from region order by code")
                .query((row, n) -> new RegionCode(row.getString("code")))
                .list();
        var random = new Random(43);
        for (int first = 0; first < limits / 2; first += AT_ONCE) {
            var numbers = IntStream.range(first, Math.min(first + AT_ONCE, limits / 2))
                    .mapToObj(i -> CaseNumber.random(regions.get(i % regions.size()), 2026, random)
                            .value())
                    .toArray(String[]::new);
            cases(jdbc, numbers, first, today);
        }
        jdbc.sql("""
            insert into case_deadline (number, kind, region, due_on, provisional, seen_at, started_on, working_days,
                                       promised_on, escalated_at, paused_since)
            select c.number, k.kind, case k.kind when 'ISSUE' then c.sending else c.receiving end, d.due,
                   h.n % 50 = 0, c.first_at, d.due - 14, 10, d.due - (h.n % 3),
                   case when d.due < :today and h.n % 4 = 0 then c.first_at end,
                   case when h.n % 40 = 7 then c.first_at end
              from case_index c cross join (values ('ISSUE'), ('PROMISE')) k (kind)
             cross join lateral (select abs(hashtext(c.number || k.kind)) as n) h
             cross join lateral (select :today::date + h.n % 27 - 5 as due) d
             where c.last_source = 'seed'
            on conflict do nothing
            """).param("today", today).update();
        for (var fold : new String[] {"case", "limit"}) {
            jdbc.sql("analyze " + fold + "_figure").update();
        }
        jdbc.sql("analyze case_index").update();
        jdbc.sql("analyze case_deadline").update();
    }

    private static void cases(JdbcClient jdbc, String[] numbers, int first, LocalDate today) {
        jdbc.sql("""
            insert into case_index (number, person, sending, receiving, from_scheme, to_scheme, first_at, step, state,
                                    status, is_end, holder, last_at, last_source, last_sequence, accepted_at)
            with place as (select code, row_number() over (order by code) - 1 as n, count(*) over () as all from region)
            select c.number, 'P' || lpad(i::text, 12, '0'), s.code, left(c.number, 6),
                   '310', '310', at, case i % 3 when 0 then 'ACCEPTED' when 1 then 'SHEET_ISSUED' else 'SHEET_RETURNED' end,
                   'X', case i % 3 when 0 then 'ACCEPTED' else 'IN_PROGRESS' end, false, s.code, at, 'seed', 1, at
              from unnest(:numbers::text[]) with ordinality c (number, k)
             cross join lateral (select :first + c.k as i) numbered
              join place s on s.n = i * 7919 % s.all
             cross join lateral (
                   select (:today::date - (i % 20)::int)::timestamp at time zone 'Asia/Shanghai'
                          + i % 30000 * interval '1 second' as at) when_
            on conflict do nothing
            """)
                .param("numbers", numbers)
                .param("first", first)
                .param("today", today)
                .update();
    }
}
