-- 案卷: one row a case, from submission on. Personal data stay in this database.
create table transfer_case (
    number             text        primary key,
    receiving          text        not null,
    sending            text        not null,
    from_scheme        text        not null,
    to_scheme          text        not null,
    certificate_type   text        not null,
    certificate_number text        not null,
    name               text        not null,
    cause              text        not null,
    identification     text        not null,
    agreement_version  text        not null,
    submitted_at       timestamptz not null,
    applicant_subject  text        not null,
    applicant_role     text        not null,
    applicant_person   text,
    applicant_uscc     text,
    applicant_region   text,
    state              text        not null,
    -- The sheet of the states that have one.
    sheet_version      integer,
    sheet_digest       text,
    amount             bigint,
    person             text,
    accepted_at        timestamptz,
    reasons            jsonb       not null,
    -- 待核验: when the registry is asked next, on the real clock.
    next_try           timestamptz not null,
    tries              integer     not null default 0,
    version            integer     not null,
    check (state in ('SUBMITTED', 'REFUSED', 'ACCEPTED', 'WITHDRAWING', 'RECEIVED', 'RETURNED', 'BOOKED', 'COMPLETED',
                     'WITHDRAWN', 'DECLINED')),
    check ((state in ('RECEIVED', 'RETURNED', 'BOOKED', 'COMPLETED')) = (sheet_version is not null)),
    check ((sheet_version is null) = (sheet_digest is null) and (sheet_version is null) = (amount is null))
);
create index transfer_case_of_region on transfer_case (receiving, number);
create index transfer_case_submitted on transfer_case (next_try) where state = 'SUBMITTED';

-- 收到的信息表: every version, exactly as sealed.
create table received_sheet (
    number      text        not null references transfer_case,
    version     integer     not null,
    text        text        not null,
    seal_key_id text        not null,
    seal        bytea       not null,
    amount      bigint      not null,
    remittance  text,
    issued_at   timestamptz not null,
    received_at timestamptz not null,
    primary key (number, version)
);

-- 办理环节: detail tells apart what may happen more than once.
create table step (
    position    bigint      generated always as identity primary key,
    number      text        not null references transfer_case,
    step        text        not null,
    detail      text        not null,
    holder      text,
    at          timestamptz not null,
    unique (number, step, detail)
);

-- 待办
create table task (
    position  bigint      generated always as identity primary key,
    region    text        not null,
    number    text        not null references transfer_case,
    kind      text        not null,
    opened_at timestamptz not null,
    done_at   timestamptz
);
create unique index task_open_once on task (number, kind) where done_at is null;
create index task_open_of_region on task (region, position) where done_at is null;
