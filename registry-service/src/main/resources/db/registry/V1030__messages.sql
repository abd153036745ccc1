-- 单位申请 (R10.2): the employer who applied is told of each step as well.
alter table case_index add column employer text;

-- 告知发件箱: what has to be told to whom, written with the step itself. A production sender takes rows whose sent_at is
-- null and sets it; it finds address and telephone elsewhere, nothing personal stands here.
create table message (
    position     bigint      generated always as identity primary key,
    number       text        not null,
    source       text        not null,
    sequence     bigint      not null,
    recipient    text        not null check (recipient in ('PERSON', 'EMPLOYER')),
    recipient_id text        not null,
    step         text        not null,
    text         text        not null,
    at           timestamptz not null,
    sent_at      timestamptz,
    unique (number, source, sequence, recipient)
);
create index message_of_recipient on message (recipient, recipient_id, position);
create index message_of_case on message (number, position);
create index message_unsent on message (position) where sent_at is null;
