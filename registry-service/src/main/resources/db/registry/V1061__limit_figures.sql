-- Open limits by what people look for. The step of the case and whether it is open stand in the limit's own row, so that
-- lists run along one index and a limit counts by its row alone.
alter table case_deadline
    add column stage text,
    add column is_open boolean not null default false,
    -- A miss is technical when the step was the system's to take and no person was waited for.
    add column missed_technically boolean not null default false;

-- The case's row is locked: its step cannot move past while a limit of it is being written.
create function place_limit() returns trigger language plpgsql as $$
declare
    shown record;
begin
    select c.step, c.is_end into shown from case_index c where c.number = new.number for share;
    new.stage := case when found then shown.step end;
    new.is_open := found and not shown.is_end and new.met_at is null and new.cancelled_at is null;
    return new;
end $$;
create trigger case_deadline_place before insert or update on case_deadline
    for each row execute function place_limit();

create function move_limits() returns trigger language plpgsql as $$
begin
    update case_deadline d set stage = n.step
      from new_rows n
     where d.number = n.number
       and (d.stage is distinct from n.step
            or d.is_open is distinct from (not n.is_end and d.met_at is null and d.cancelled_at is null));
    return null;
end $$;
create trigger case_limits_new after insert on case_index
    referencing new table as new_rows for each statement execute function move_limits();
create trigger case_limits_changed after update on case_index
    referencing new table as new_rows for each statement execute function move_limits();

update case_deadline set stage = null;

-- Open limits (MET, MISSED: on which day), one row for all that look the same.
create table limit_figure (
    name text not null check (name in ('OPEN', 'MET', 'MISSED_HUMAN', 'MISSED_TECHNICAL')),
    region text not null,
    kind text not null,
    stage text not null,
    due_on date not null,
    promised_on date not null,
    paused boolean not null,
    provisional boolean not null,
    escalated boolean not null,
    n bigint not null,
    primary key (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated));
create index limit_figure_province on limit_figure (name, left(region, 2), due_on);
create index limit_figure_nothing on limit_figure (name) where n = 0;

create table limit_figure_note (
    id bigint generated always as identity primary key,
    name text not null,
    region text not null,
    kind text not null,
    stage text not null,
    due_on date not null,
    promised_on date not null,
    paused boolean not null,
    provisional boolean not null,
    escalated boolean not null,
    n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- What one limit counts as. Kept: met by the end of the last day. Missed: said to be, or met later.
create function figures_of_limit(d case_deadline)
returns table (name text, stage text, promised_on date, paused boolean, provisional boolean, escalated boolean)
language sql immutable as $$
    select f.name, f.stage, f.promised_on, f.paused, f.provisional, f.escalated from (values
        ('OPEN', coalesce(d.stage, ''), coalesce(d.promised_on, d.due_on), d.paused_since is not null, d.provisional,
         d.escalated_at is not null, d.is_open),
        ('MET', '', d.due_on, false, false, false,
         d.missed_at is null and d.met_at is not null and business_day(d.met_at) <= d.due_on),
        ('MISSED_TECHNICAL', '', d.due_on, false, false, false,
         d.missed_technically and (d.missed_at is not null or business_day(d.met_at) > d.due_on)),
        ('MISSED_HUMAN', '', d.due_on, false, false, false,
         not d.missed_technically and (d.missed_at is not null or business_day(d.met_at) > d.due_on))
     ) f (name, stage, promised_on, paused, provisional, escalated, holds)
     where f.holds
$$;


create function note_new_limits() returns trigger language plpgsql as $$
begin
    insert into limit_figure_note (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
    select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional, f.escalated, count(*)
      from new_rows r cross join lateral figures_of_limit(r) f
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
    return null;
end $$;

create function note_changed_limits() returns trigger language plpgsql as $$
begin
    insert into limit_figure_note (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
    select name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, sum(n)
      from (select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional, f.escalated,
                   1 as n
              from new_rows r cross join lateral figures_of_limit(r) f
            union all
            select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional, f.escalated,
                   -1
              from old_rows r cross join lateral figures_of_limit(r) f) both_sides
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(n) <> 0;
    return null;
end $$;

create function note_gone_limits() returns trigger language plpgsql as $$
begin
    insert into limit_figure_note (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
    select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional, f.escalated, -count(*)
      from old_rows r cross join lateral figures_of_limit(r) f
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
    return null;
end $$;

insert into limit_figure (name, region, kind, stage, due_on, promised_on, paused, provisional, escalated, n)
select f.name, r.region, r.kind, f.stage, r.due_on, f.promised_on, f.paused, f.provisional, f.escalated, count(*)
  from case_deadline r cross join lateral figures_of_limit(r) f
 group by 1, 2, 3, 4, 5, 6, 7, 8, 9;

create trigger limit_figures_new after insert on case_deadline
    referencing new table as new_rows for each statement execute function note_new_limits();
create trigger limit_figures_changed after update on case_deadline
    referencing old table as old_rows new table as new_rows for each statement execute function note_changed_limits();
create trigger limit_figures_gone after delete on case_deadline
    referencing old table as old_rows for each statement execute function note_gone_limits();

-- Lists of open limits, the nearest first.
create index case_deadline_due on case_deadline (due_on, number, kind, region) where is_open;
create index case_deadline_region on case_deadline (region, due_on, number, kind) where is_open;
create index case_deadline_province on case_deadline (left(region, 2), due_on, number, kind, region) where is_open;
create index case_deadline_escalated on case_deadline (due_on, number, kind, region)
    where is_open and escalated_at is not null;
create index case_deadline_paused on case_deadline (due_on, number, kind, region)
    where is_open and paused_since is not null;
create index case_deadline_provisional on case_deadline (due_on, number, kind, region) where is_open and provisional;
create index case_deadline_escalated_province on case_deadline (left(region, 2), due_on, number, kind, region)
    where is_open and escalated_at is not null;
create index case_deadline_paused_province on case_deadline (left(region, 2), due_on, number, kind, region)
    where is_open and paused_since is not null;
create index case_deadline_provisional_province on case_deadline (left(region, 2), due_on, number, kind, region)
    where is_open and provisional;
