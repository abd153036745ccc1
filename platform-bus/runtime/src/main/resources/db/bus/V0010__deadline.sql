-- Deadlines (R4): one row per limit of a case, in the database of the service whose duty it is.
create table deadline (
    id            bigint generated always as identity primary key,
    case_key      text        not null,
    kind          text        not null,
    region        text        not null,
    started_at    timestamptz not null,
    started_on    date        not null,
    working_days  integer     not null check (working_days > 0),
    due_on        date        not null,
    -- What the region promised inside the limit: warnings count to promised_on, overdue to due_on.
    promised_days integer     not null check (promised_days between 1 and working_days),
    promised_on   date        not null,
    provisional   boolean     not null,
    explanation   jsonb       not null,
    -- The calendar that this was worked out with, and what earlier calendars had given.
    calendar      text        not null,
    revisions     jsonb       not null default '[]',
    warnings      text        not null,
    status        text        not null default 'OPEN' check (status in ('OPEN', 'MET', 'CANCELLED')),
    met_at        timestamptz,
    cancelled_at  timestamptz,
    missed_at     timestamptz,
    -- The next thing to be said about it, WARN:n or OVERDUE, and its moment; both null when nothing is left to say.
    next_step     text,
    next_at       timestamptz,
    check ((next_step is null) = (next_at is null)),
    check ((status = 'MET') = (met_at is not null)),
    check ((status = 'CANCELLED') = (cancelled_at is not null))
);

create unique index deadline_open on deadline (case_key, kind) where status = 'OPEN';
create index deadline_of_case on deadline (case_key, id);
create index deadline_due on deadline (next_at) where next_at is not null;
create index deadline_calendar on deadline (region, calendar) where status = 'OPEN';

-- db-scheduler's table, as its documentation gives it.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
