-- 联系函编号: running per region and year; counted in the transaction that issues the letter, hence without gaps (R9.3).
create table contact_letter_counter (
    region text    not null,
    year   integer not null,
    last   integer not null,
    primary key (region, year)
);

-- 联系函: one a case, exactly as sealed.
create table contact_letter (
    number        text        primary key references transfer_case,
    letter_number text        not null unique,
    text          text        not null,
    seal_key_id   text        not null,
    seal          bytea       not null,
    issued_at     timestamptz not null
);

-- 收到的纸质材料 of an old region outside the platform (R3.7).
create table paper (
    position      bigint      generated always as identity primary key,
    number        text        not null references transfer_case,
    kind          text        not null,
    -- The sheet's version; 0 for what has none.
    version       integer     not null,
    scan_digest   text        not null,
    postal_number text        not null,
    received_on   date        not null,
    registered_by text        not null,
    registered_at timestamptz not null,
    check (kind in ('INFO_SHEET', 'PAYMENT_CERTIFICATE', 'CHANGE_FORM', 'REFUSAL', 'WITHDRAWAL'))
);
create index paper_of_case on paper (number, position);
