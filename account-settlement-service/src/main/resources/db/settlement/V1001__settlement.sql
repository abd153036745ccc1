-- Accounts, postings and cases of every region hosted here. Money is in fen (分), bigint.

create table account (
    id bigint generated always as identity primary key,
    region text not null,
    kind text not null check (kind in ('FUND', 'PERSONAL', 'SUSPENSE', 'TRANSIT')),
    owner text not null,
    counter_region text not null,
    balance bigint not null default 0,
    held bigint not null default 0,
    stop text not null default 'NONE' check (stop in ('NONE', 'FROZEN', 'OVERDRAWN', 'POSTING_PENDING')),
    stop_note text not null default '',
    unique (region, kind, owner),
    unique (id, region),
    constraint never_negative check (kind in ('FUND', 'TRANSIT') or balance >= 0),
    constraint held_is_there check (held >= 0 and (held = 0 or (kind = 'PERSONAL' and held <= balance))),
    constraint only_persons_are_stopped check (stop = 'NONE' or kind = 'PERSONAL'),
    constraint transit_has_two_ends check ((kind = 'TRANSIT') = (counter_region <> ''))
) with (fillfactor = 80);
comment on column account.held is 'reserved for a remittance: a hold is no posting';

create table posting (
    id bigint generated always as identity primary key,
    region text not null,
    business_key text not null,
    remittance text not null default '',
    reverses text,
    made_at timestamptz not null,
    unique (region, business_key),
    unique (id, region),
    unique (region, reverses),
    foreign key (region, reverses) references posting (region, business_key)
);
create index posting_of_remittance on posting (region, remittance) where remittance <> '';
comment on column posting.reverses is '冲正: the business key of the posting that this one undoes';

create table posting_line (
    posting bigint not null,
    line smallint not null,
    region text not null,
    account bigint not null,
    amount bigint not null,
    primary key (posting, line),
    -- A posting, its lines and their accounts are of one region: each ledger stands by itself.
    foreign key (posting, region) references posting (id, region),
    foreign key (account, region) references account (id, region)
);
create index line_of_account on posting_line (account, posting);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: a correction is a new posting', tg_table_name;
end $$;
create trigger posting_is_append_only before update or delete or truncate on posting
    for each statement execute function refuse_change();
create trigger posting_line_is_append_only before update or delete or truncate on posting_line
    for each statement execute function refuse_change();

create function refuse_unbalanced() returns trigger language plpgsql as $$
begin
    if exists (select from added group by posting having sum(amount) <> 0 or count(*) < 2) then
        raise exception 'the lines of a posting sum to 0 and are written at once';
    end if;
    return null;
end $$;
create trigger posting_balances after insert on posting_line
    referencing new table as added for each statement execute function refuse_unbalanced();

-- SA, protocol.md §4. The person is empty where no money is known.
create table sending_case (
    region text not null,
    number text not null,
    state text not null
        check (state in ('EMPTY', 'REFUSED', 'HELD', 'REMITTED', 'SETTLED', 'RELEASED', 'HOME')),
    attempt integer not null,
    person text not null,
    amount bigint not null check (amount >= 0),
    sent integer not null check (sent >= 0),
    changed_at timestamptz not null,
    primary key (region, number)
);

-- SB, protocol.md §5. A case's region is in its number.
create table receiving_case (
    number text primary key,
    region text not null,
    order_state text not null check (order_state in ('NONE', 'DUE', 'NOT_DUE', 'PAID')),
    person text not null,
    amount bigint not null check (amount >= 0),
    reason text not null,
    changed_at timestamptz not null
);

create table arrival (
    number text not null references receiving_case (number),
    n integer not null check (n >= 1),
    region text not null,
    from_region text not null,
    amount bigint not null check (amount > 0),
    place text not null check (place in ('HERE', 'CREDITED', 'SUSPENDED', 'SENT_BACK')),
    reason text not null,
    arrived_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (number, n)
);
create unique index credited_once on arrival (number) where place = 'CREDITED';
create index arrival_in_suspense on arrival (region, number, n) where place in ('HERE', 'SUSPENDED');

-- 退汇: what does not fit goes back when two persons have said so.
create table send_back (
    number text not null,
    n integer not null,
    state text not null check (state in ('PREPARED', 'DONE')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    approved_by text not null default '',
    approved_at timestamptz,
    primary key (number, n),
    foreign key (number, n) references arrival (number, n),
    constraint two_persons check (approved_by <> prepared_by),
    constraint done_by_somebody check ((state = 'DONE') = (approved_by <> ''))
);

-- 止付记录: who stopped or freed which account, and why.
create table account_stop (
    id bigint generated always as identity primary key,
    account bigint not null references account (id),
    stop text not null,
    note text not null,
    said_by text not null,
    said_at timestamptz not null
);
