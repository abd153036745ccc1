-- 单位名单: the same text of the same employer in the same region is the same list.
create table transfer_batch (
    id         text        primary key,
    position   bigint      generated always as identity,
    region     text        not null,
    uscc       text        not null,
    subject    text        not null,
    digest     text        not null,
    lines      integer     not null,
    started_at timestamptz not null,
    -- On the database's own clock: how fast the list is worked off is technical.
    taken_at   timestamptz not null default clock_timestamp(),
    unique (region, uscc, digest)
);
create index transfer_batch_listed on transfer_batch (region, position);

-- 名单的一行: the person's data stand here until the line has been applied for, then in the case alone.
create table transfer_batch_line (
    batch              text        not null references transfer_batch,
    line               integer     not null,
    state              text        not null check (state in ('WAITING', 'APPLIED', 'FAULTY')),
    certificate_type   text,
    certificate_number text,
    name               text,
    sending            text,
    from_scheme        text,
    cause              text,
    agreement_version  text,
    -- Drawn and stored before the application is made: a line that is taken up again is the same application.
    number             text        unique,
    faults             jsonb       not null default '[]',
    -- When the line may be taken up (again), on the database's clock.
    next_try           timestamptz not null default clock_timestamp(),
    tries              integer     not null default 0,
    applied_at         timestamptz,
    primary key (batch, line),
    check ((state = 'WAITING') = (certificate_number is not null))
);
create index transfer_batch_line_waiting on transfer_batch_line (next_try, batch, line) where state = 'WAITING';
