-- 退汇记录: what came back, and why; a remittance comes back once.
create table returned_money (
    number      text        not null references outgoing_case,
    remittance  int         not null,
    amount      bigint      not null,
    reason      text        not null,
    case_open   boolean     not null,
    returned_at timestamptz not null,
    primary key (number, remittance)
);

-- 联系函 (R2.5): with its exact sealed text. It may come before the case is known here.
create table contact_letter (
    number        text        not null,
    letter_number text        not null,
    sending       text        not null,
    text          text        not null,
    key_id        text        not null,
    seal          bytea       not null,
    issued_at     timestamptz not null,
    received_at   timestamptz not null,
    primary key (number, letter_number)
);
