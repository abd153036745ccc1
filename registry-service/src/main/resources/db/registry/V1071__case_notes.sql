-- A change of a case was noted four times, once for each scope that the case touches: sixty rows in the life of a case.
-- Now it is noted once, with the two regions, and counted for the scopes when it is folded or read. The older build's
-- table stays for it, empty: its figures stand still while it runs, and go on with this build.

create table case_note (
    id bigint generated always as identity primary key,
    name text not null,
    sending text not null,
    receiving text not null,
    a text not null,
    b text not null,
    c text not null,
    day date not null,
    n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create function scopes_of(sending text, receiving text) returns setof text language sql immutable rows 4 as $$
    select distinct unnest(array['*', 'P' || left($1, 2), 'P' || left($2, 2), 'R' || $1, 'R' || $2])
$$;

create function touches(scope text, sending text, receiving text) returns boolean language sql immutable as $$
    select $1 in ('*', 'P' || left($2, 2), 'P' || left($3, 2), 'R' || $2, 'R' || $3)
$$;

-- What one case counts as, in each scope that it touches.
create function counts_of(case_row case_index)
returns table (name text, a text, b text, c text, day date) language sql stable as $$
    select f.name, f.a, f.b, f.c, coalesce(f.day, '-infinity')
      from (values
        ('CASE', case_row.status, case_row.step,
         case when case_row.is_end or case_row.holder is null then ''
              when case_row.holder = case_row.receiving then 'RECEIVING' else 'OLD' end, null::date, true),
        ('SUBMITTED', '', '', '', business_day(case_row.first_at), true),
        ('ACCEPTED', '', '', '', business_day(case_row.accepted_at), case_row.accepted_at is not null),
        ('ENDED', case_row.status, '', '', business_day(case_row.ended_at), case_row.ended_at is not null),
        ('OPEN', '', '', '', business_day(case_row.first_at), not case_row.is_end),
        ('PAIR_OPEN', case_row.sending, case_row.receiving, '', null, not case_row.is_end),
        ('PAIR_COMPLETED', case_row.sending, case_row.receiving, '', null, case_row.status = 'COMPLETED')
     ) f (name, a, b, c, day, holds)
     where f.holds
$$;

create or replace function note_new_cases() returns trigger language plpgsql as $$
begin
    insert into case_note (name, sending, receiving, a, b, c, day, n)
    select f.name, r.sending, r.receiving, f.a, f.b, f.c, f.day, count(*)
      from new_rows r cross join lateral counts_of(r) f
     group by 1, 2, 3, 4, 5, 6, 7;
    return null;
end $$;

create or replace function note_changed_cases() returns trigger language plpgsql as $$
begin
    insert into case_note (name, sending, receiving, a, b, c, day, n)
    select name, sending, receiving, a, b, c, day, sum(n)
      from (select r.sending, r.receiving, f.*, 1 as n from new_rows r cross join lateral counts_of(r) f
            union all
            select r.sending, r.receiving, f.*, -1 from old_rows r cross join lateral counts_of(r) f) both_sides
     group by 1, 2, 3, 4, 5, 6, 7
    having sum(n) <> 0;
    return null;
end $$;

create or replace function note_gone_cases() returns trigger language plpgsql as $$
begin
    insert into case_note (name, sending, receiving, a, b, c, day, n)
    select f.name, r.sending, r.receiving, f.a, f.b, f.c, f.day, -count(*)
      from old_rows r cross join lateral counts_of(r) f
     group by 1, 2, 3, 4, 5, 6, 7;
    return null;
end $$;

create or replace function figures_of(case_row case_index)
returns table (name text, scope text, a text, b text, c text, day date) language sql stable as $$
    select f.name, s.scope, f.a, f.b, f.c, f.day
      from scopes_of(case_row.sending, case_row.receiving) s (scope) cross join lateral counts_of(case_row) f
$$;

with taken as (delete from case_figure_note returning *)
insert into case_figure (name, scope, a, b, c, day, n)
select name, scope, a, b, c, day, sum(n) from taken group by 1, 2, 3, 4, 5, 6
on conflict (name, scope, a, b, c, day) do update set n = case_figure.n + excluded.n;

-- Whether something has left a relationship before is asked with each application.
create index termination_of_relationship on termination (person, region, scheme);
