-- 评价: once, after the end of the case (R10.3).
create table rating (
    number   text        primary key references transfer_case,
    position bigint      generated always as identity,
    region   text        not null,
    score    integer     not null check (score between 1 and 5),
    remark   text,
    rated_at timestamptz not null
);
create index rating_of_region on rating (region, position);

-- 催办、投诉: put on an open case, answered on record by the region that had it (R10.4).
create table reminder (
    id          text        primary key,
    position    bigint      generated always as identity,
    number      text        not null references transfer_case,
    kind        text        not null check (kind in ('REMINDER', 'COMPLAINT')),
    text        text        not null,
    region      text        not null,
    asker_person text,
    asker_uscc  text,
    asked_at    timestamptz not null,
    answer      text,
    answered_at timestamptz,
    check ((answer is null) = (answered_at is null)),
    check ((asker_person is null) <> (asker_uscc is null))
);
create index reminder_of_case on reminder (number, position);
create index reminder_of_region on reminder (region, position);
