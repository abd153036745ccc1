-- R4.6: since when and why the clock stands still, and when it ran again. R4.7: how many working days after it is overdue
-- the province is told, and when it was.
alter table deadline
    add pauses         jsonb   not null default '[]',
    add escalate_after integer not null default 5 check (escalate_after >= 0),
    add escalated_at   timestamptz;

-- While the clock stands still the next thing to be said has no moment.
alter table deadline drop constraint deadline_check1;
alter table deadline add check (next_at is null or next_step is not null);

-- Overdue before there was an escalation: worked out anew, so that it gets its moment.
update deadline set calendar = '' where status = 'OPEN' and next_step is null;

-- What was asked of the applicant of a case, and which of its limits stand still meanwhile: also those that begin later.
create table case_pause (
    case_key text        not null,
    id       text        not null,
    reason   text        not null,
    kinds    text        not null,
    from_at  timestamptz not null,
    until_at timestamptz,
    primary key (case_key, id)
);
