-- 催办、投诉 put on a case while it is with us, and our answer (R10.4).
create table reminder (
    id          text        primary key,
    position    bigint      generated always as identity,
    number      text        not null references outgoing_case,
    sending     text        not null,
    complaint   boolean     not null,
    text        text        not null,
    asked_at    timestamptz not null,
    answer      text,
    answered_at timestamptz,
    check ((answer is null) = (answered_at is null))
);
create index reminder_listed on reminder (sending, position);
create index reminder_of_case on reminder (number, position);
