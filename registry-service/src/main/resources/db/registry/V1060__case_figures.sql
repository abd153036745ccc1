-- Figures of the cases, kept in the transaction of each event. A trigger notes what changed (rows are only added, so no
-- two consumers ever wait for each other here); one task folds the notes into the figures. Who reads adds both.

alter table case_index
    add column accepted_at timestamptz,
    add column ended_at timestamptz;
update case_index c
   set accepted_at = (select min(s.at) from case_step s where s.number = c.number and s.step = 'ACCEPTED'),
       ended_at = (select min(s.at) from case_step s
                    where s.number = c.number and s.status in ('COMPLETED', 'REFUSED', 'WITHDRAWN', 'DECLINED'));

-- scope: '*', 'P' and a province's two digits, 'R' and a region: a case counts once in each that it touches.
create table case_figure (
    name text not null,
    scope text not null,
    a text not null,
    b text not null,
    c text not null,
    day date not null,
    n bigint not null,
    primary key (name, scope, a, b, c, day));
create index case_figure_most on case_figure (name, scope, n desc);
create index case_figure_nothing on case_figure (name) where n = 0;

create table case_figure_note (
    id bigint generated always as identity primary key,
    name text not null,
    scope text not null,
    a text not null,
    b text not null,
    c text not null,
    day date not null,
    n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create function business_day(at timestamptz) returns date language sql immutable as $$
    select ($1 at time zone 'Asia/Shanghai')::date
$$;

-- What one case counts as.
create function figures_of(case_row case_index)
returns table (name text, scope text, a text, b text, c text, day date) language sql stable as $$
    select f.name, s.scope, f.a, f.b, f.c, coalesce(f.day, '-infinity')
      from (select distinct unnest(array['*', 'P' || left(case_row.sending, 2), 'P' || left(case_row.receiving, 2),
                                         'R' || case_row.sending, 'R' || case_row.receiving])) s (scope)
     cross join lateral (values
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

create function note_new_cases() returns trigger language plpgsql as $$
begin
    insert into case_figure_note (name, scope, a, b, c, day, n)
    select f.name, f.scope, f.a, f.b, f.c, f.day, count(*)
      from new_rows r cross join lateral figures_of(r) f
     group by 1, 2, 3, 4, 5, 6;
    return null;
end $$;

create function note_changed_cases() returns trigger language plpgsql as $$
begin
    insert into case_figure_note (name, scope, a, b, c, day, n)
    select name, scope, a, b, c, day, sum(n)
      from (select f.*, 1 as n from new_rows r cross join lateral figures_of(r) f
            union all
            select f.*, -1 from old_rows r cross join lateral figures_of(r) f) both_sides
     group by 1, 2, 3, 4, 5, 6
    having sum(n) <> 0;
    return null;
end $$;

create function note_gone_cases() returns trigger language plpgsql as $$
begin
    insert into case_figure_note (name, scope, a, b, c, day, n)
    select f.name, f.scope, f.a, f.b, f.c, f.day, -count(*)
      from old_rows r cross join lateral figures_of(r) f
     group by 1, 2, 3, 4, 5, 6;
    return null;
end $$;

create trigger case_figures_new after insert on case_index
    referencing new table as new_rows for each statement execute function note_new_cases();
create trigger case_figures_changed after update on case_index
    referencing old table as old_rows new table as new_rows for each statement execute function note_changed_cases();
create trigger case_figures_gone after delete on case_index
    referencing old table as old_rows for each statement execute function note_gone_cases();

insert into case_figure (name, scope, a, b, c, day, n)
select f.name, f.scope, f.a, f.b, f.c, f.day, count(*)
  from case_index r cross join lateral figures_of(r) f
 group by 1, 2, 3, 4, 5, 6;

-- Lists by side, province, status and step, the newest first; by the beginning of a number.
drop index case_index_sending;
drop index case_index_receiving;
create index case_index_sending on case_index (sending, first_at, number);
create index case_index_receiving on case_index (receiving, first_at, number);
create index case_index_sending_province on case_index (left(sending, 2), first_at, number);
create index case_index_receiving_province on case_index (left(receiving, 2), first_at, number);
create index case_index_status on case_index (status, first_at, number);
create index case_index_step on case_index (step, first_at, number);
create index case_index_number on case_index (number text_pattern_ops);
