-- R4.3: a notice is prepared by one operator and approved by another; what it changes is worked out before.
create table calendar_notice (
    id text primary key,
    position bigint generated always as identity,
    region text not null,
    notice text not null,
    year int not null,
    digest text not null,
    state text not null check (state in ('PREPARED', 'APPROVED', 'REFUSED')),
    changes int not null,
    prepared_by text not null,
    prepared_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    check ((state = 'PREPARED') = (decided_by is null)));
create unique index calendar_notice_waiting on calendar_notice (region, year) where state = 'PREPARED';

create table calendar_notice_day (
    notice text not null references calendar_notice,
    day date not null,
    name text not null,
    working boolean not null,
    primary key (notice, day));

-- Every open limit that would get another due day, or become certain, as it stood when the notice was prepared.
create table calendar_notice_change (
    notice text not null references calendar_notice,
    number text not null,
    kind text not null,
    region text not null,
    due_on date not null,
    new_due_on date not null,
    provisional boolean not null,
    new_provisional boolean not null,
    primary key (notice, number, kind, region));

-- The notice that an arrangement comes from; none for those that come with the registry.
alter table calendar_year add by_notice text references calendar_notice;
