-- 账户归并: the registry has merged two records of one person; whose account goes into whose, and whether it has (R6.2).
create table account_join (
    region    text        not null,
    merged    text        not null,
    kept      text        not null,
    merge     text        not null,
    state     text        not null check (state in ('WAITING', 'JOINED')),
    waits_for text        not null default '',
    postings  int         not null default 0,
    heard_at  timestamptz not null,
    joined_at timestamptz,
    primary key (region, merged),
    check (kept <> merged),
    check ((state = 'JOINED') = (joined_at is not null))
);

create index account_join_kept on account_join (region, kept);
