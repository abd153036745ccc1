-- Cases that leave a hosted region. A tombstone (withdrawn before it was accepted) knows neither person nor scheme.
create table outgoing_case (
    number          text primary key,
    sending         text        not null,
    receiving       text        not null,
    person          text,
    from_scheme     text,
    to_scheme       text,
    accepted_at     timestamptz,
    state           text        not null,
    attempt         int         not null default 0,
    amount          bigint check (amount >= 0),
    sheet_version   int         not null default 0,
    remittances     int         not null default 0,
    money_came_back boolean     not null default false,
    reasons         jsonb       not null default '[]',
    -- When the worker looks at a held case next, on the machine's clock; none when no sheet is due.
    sheet_due       timestamptz,
    sheet_error     text,
    opened_at       timestamptz not null,
    changed_at      timestamptz not null,
    version         int         not null default 0,
    position        bigint generated always as identity,
    check (state = 'WITHDRAWN' or (person is not null and from_scheme is not null and to_scheme is not null
                                   and accepted_at is not null))
);

-- R1.6, the last wall: at most one open case of a person, region and scheme.
create unique index outgoing_case_open on outgoing_case (person, sending, from_scheme)
    where state in ('HOLDING', 'HOLD_REFUSED', 'HELD', 'ISSUED', 'RETURNED');
create index outgoing_case_listed on outgoing_case (sending, position);
create index outgoing_case_sheet_due on outgoing_case (sheet_due) where sheet_due is not null;

-- R3.3: every version is kept, with its exact sealed text.
create table issued_sheet (
    number     text        not null references outgoing_case,
    version    int         not null,
    text       text        not null,
    key_id     text        not null,
    seal       bytea       not null,
    digest     text        not null,
    amount     bigint      not null,
    remittance int         not null,
    issued_at  timestamptz not null,
    primary key (number, version)
);

create table staff_task (
    position  bigint generated always as identity primary key,
    number    text        not null references outgoing_case,
    sending   text        not null,
    task      text        not null,
    opened_at timestamptz not null,
    closed_at timestamptz
);
create unique index staff_task_open on staff_task (number, task) where closed_at is null;
create index staff_task_listed on staff_task (sending, position) where closed_at is null;
