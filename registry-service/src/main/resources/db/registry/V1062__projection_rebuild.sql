-- The last rebuild of the projections from the topics. Its tables lie in a schema of their own until they change places.
create schema if not exists rebuilding;
create table projection_rebuild (
    one boolean primary key default true check (one),
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    started_by text not null,
    started_at timestamptz not null,
    beat_at timestamptz not null,
    finished_at timestamptz,
    records_read bigint not null default 0,
    records_all bigint not null default 0,
    cases_changed bigint,
    limits_changed bigint);
