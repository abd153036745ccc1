-- This service's copy of platform.directory: the newest event of each thing.
create table directory_copy (
    thing text  primary key,
    type  text  not null,
    time  text  not null,
    data  bytea not null
);
create table directory_position (
    one      boolean primary key default true check (one),
    topic_id text   not null,
    next     bigint not null
);
