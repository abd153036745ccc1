package org.jiexu.registry.postgres;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases by the hundred thousand, spread over all regions and over the days around today; two open limits each. */
public final class ManyCases {
    private ManyCases() {}

    /** Adds half as many cases as limits; {@code today} is in the middle of their last days. */
    public static void fill(JdbcClient jdbc, int limits, LocalDate today) {
        jdbc.sql("""
            insert into case_index (number, person, sending, receiving, from_scheme, to_scheme, first_at, step, state,
                                    status, is_end, holder, last_at, last_source, last_sequence, accepted_at)
            with place as (select code, row_number() over (order by code) - 1 as n, count(*) over () as all from region)
            select r.code || '-26-' || lpad(i::text, 8, '0') || '-X', 'P' || lpad(i::text, 12, '0'), s.code, r.code,
                   '310', '310', at, case i % 3 when 0 then 'ACCEPTED' when 1 then 'SHEET_ISSUED' else 'SHEET_RETURNED' end,
                   'X', case i % 3 when 0 then 'ACCEPTED' else 'IN_PROGRESS' end, false, s.code, at, 'seed', 1, at
              from generate_series(1, :cases) i
              join place s on s.n = i * 7919::bigint % s.all
              join place r on r.n = (i * 104729::bigint + 1) % r.all
             cross join lateral (
                   select (:today::date - (i % 20))::timestamp at time zone 'Asia/Shanghai'
                          + i % 30000 * interval '1 second' as at) when_
            on conflict do nothing
            """).param("cases", limits / 2).param("today", today).update();
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
}
