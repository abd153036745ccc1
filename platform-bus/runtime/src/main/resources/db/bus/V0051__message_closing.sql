-- What two people decide about a message that waits or was kept out for ever: it stays as it is, with the reason, and
-- nobody is waited for any longer.
create table message_closing (
    id          bigint generated always as identity primary key,
    kind        text        not null check (kind in ('PARKED', 'QUARANTINED')),
    message     bigint      not null,
    region      text        not null,
    topic       text        not null,
    type        text,
    subject     text,
    reason      text        not null check (length(reason) between 1 and 200),
    state       text        not null default 'PREPARED' check (state in ('PREPARED', 'DONE', 'REFUSED')),
    prepared_by text        not null,
    prepared_at timestamptz not null default now(),
    decided_by  text,
    decided_at  timestamptz,
    constraint closed_by_two check (state <> 'DONE' or decided_by <> prepared_by),
    constraint decided_by_somebody check (
        (state = 'PREPARED') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);
-- A message is closed once; what was refused may be prepared again.
create unique index message_closing_one on message_closing (kind, message) where state <> 'REFUSED';

alter table parked_input add column closed_at timestamptz;
create index parked_input_waiting on parked_input (parked_at) where closed_at is null;
