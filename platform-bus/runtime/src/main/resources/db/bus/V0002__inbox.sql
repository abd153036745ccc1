create table inbox (
    id          text primary key,
    digest      text        not null,
    topic       text        not null,
    received_at timestamptz not null default now()
);

-- Where this database stands in each partition; moved in the transaction of the batch, guarded by its old value.
create table topic_offset (
    topic     text    not null,
    partition integer not null,
    topic_id  text    not null,
    next      bigint  not null,
    primary key (topic, partition)
);

-- Messages that cannot be right yet: offered again after each move of their subject.
create table parked_input (
    position     bigint generated always as identity primary key,
    id           text        not null unique,
    topic        text        not null,
    source       text        not null,
    type         text        not null,
    destination  text        not null,
    subject      text        not null,
    time         text        not null,
    sequence     bigint      not null,
    causation_id text,
    trace_parent text,
    key_id       text        not null,
    signature    bytea       not null,
    data         bytea       not null,
    reason       text        not null,
    parked_at    timestamptz not null default now()
);
create index parked_input_by_subject on parked_input (subject, position);

-- What failed a check, bytes untouched. published says whether operators' topic has it.
create table quarantined (
    position      bigint generated always as identity primary key,
    topic         text        not null,
    partition     integer     not null,
    log_offset    bigint      not null,
    topic_id      text        not null,
    record_key    text ,
    headers       jsonb       not null,
    value         bytea,
    reason        text        not null,
    at            timestamptz not null default now(),
    published     boolean     not null default false,
    unique (topic, partition, log_offset, topic_id)
);
create index quarantined_unpublished on quarantined (position) where not published;
