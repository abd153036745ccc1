-- What this service has said, byte for byte as signed. Append-only.
create table event_journal (
    position     bigint generated always as identity primary key,
    id           uuid   not null unique,
    topic        text   not null,
    source       text   not null,
    type         text   not null,
    destination  text   not null,
    subject      text   not null,
    time         text   not null,
    sequence     bigint not null,
    causation_id text,
    trace_parent text,
    key_id       text   not null,
    signature    bytea  not null,
    data         bytea  not null,
    shard        smallint not null,
    unique (source, subject, topic, sequence)
);

-- Positions not yet acknowledged by the broker; one holder per shard keeps the order of a key.
create table outbox (
    shard    smallint not null,
    position bigint   not null references event_journal,
    primary key (shard, position)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Private halves stay with their owner.
create table signing_key (
    key_id      text primary key,
    source      text        not null,
    private_key bytea       not null,
    public_key  bytea       not null,
    valid_from  timestamptz not null
);
create unique index signing_key_one_per_source on signing_key (source);
