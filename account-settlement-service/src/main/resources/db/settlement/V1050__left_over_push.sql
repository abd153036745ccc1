-- 历史余额推送: one search of a region through its accounts, counted only (dry run) or told to the regions concerned (R6.4).
create table left_over_push (
    id         uuid        primary key,
    region     text        not null,
    dry_run    boolean     not null,
    asked_by   text        not null,
    asked_at   timestamptz not null,
    state      text        not null check (state in ('RUNNING', 'DONE')),
    -- The last account that has been looked at, and how many before it.
    position   bigint      not null default 0,
    looked_at  bigint      not null default 0,
    next_look  timestamptz not null,
    done_at    timestamptz
);
create index left_over_push_running on left_over_push (next_look) where state = 'RUNNING';

create table left_over_line (
    push      uuid   not null references left_over_push,
    account   bigint not null references account,
    person    text   not null,
    receiving text   not null,
    amount    bigint not null check (amount > 0),
    primary key (push, account)
);

-- The accounts of a region in the order of their ids.
create index account_with_balance on account (region, id) where kind = 'PERSONAL' and balance > 0;
