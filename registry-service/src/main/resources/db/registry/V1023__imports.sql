-- History that an agency brings along as a file. A file is known by its digest; while it is being worked on, one instance
-- has it on lease (system time). Lines and periods are thrown away when the work has ended: they name persons.
create table history_import (
    id text primary key,
    region text not null references region,
    digest text,
    state text not null check (state in ('RECEIVING', 'RECEIVED', 'CHECKING', 'LOADING', 'LOADED', 'REFUSED')),
    lines int not null default 0,
    checked int not null default 0,
    loaded int not null default 0,
    errors int not null default 0,
    persons int not null default 0,
    received_by text not null,
    received_at timestamptz not null,
    finished_at timestamptz,
    lease_by text,
    lease_until timestamptz not null default now());
create unique index history_import_file on history_import (region, digest) where digest is not null;
create index history_import_open on history_import (lease_until)
    where state in ('RECEIVING', 'RECEIVED', 'CHECKING', 'LOADING');

create table import_line (
    import text not null references history_import on delete cascade,
    line int not null,
    cells text[] not null,
    problem text,
    primary key (import, line));

create table import_period (
    import text not null references history_import on delete cascade,
    line int not null,
    certificate_type text not null,
    certificate_number text not null,
    name text not null,
    sex text not null,
    scheme text not null,
    status text not null,
    person_type text not null,
    since date not null,
    agency text not null,
    employer text,
    first_month date not null,
    last_month date not null,
    candidate text not null,
    person text,
    primary key (import, line));
create index import_period_certificate on import_period (import, certificate_type, certificate_number, scheme, first_month);
create index import_period_person on import_period (import, person, scheme);

create table import_error (
    import text not null references history_import on delete cascade,
    id bigint generated always as identity,
    line int not null,
    field text,
    code text not null,
    message text not null,
    primary key (import, line, id));
