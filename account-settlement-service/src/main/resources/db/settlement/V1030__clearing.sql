-- 季度清算 (R7). What a region has advanced and what a table says of it; what a province's centre holds and has made.

create function refuse_rewrite() returns trigger language plpgsql as $$
begin
    raise exception '% is locked: what was stated or generated never changes (R7.4)', tg_table_name;
end $$;

-- The creditor region --------------------------------------------------------------------------------------------------

create table own_debt (
    region text not null,
    debt text not null,
    remittance text not null,
    debtor text not null check (debtor <> region),
    amount bigint not null check (amount <> 0),
    quarter text not null,
    booked_at timestamptz not null,
    corrects text,
    primary key (region, debt),
    unique (region, corrects),
    foreign key (region, corrects) references own_debt (region, debt),
    constraint only_corrections_are_negative check ((corrects is null) = (amount > 0)),
    constraint quarter_of_its_booking check (
        quarter = extract(year from booked_at at time zone 'Asia/Shanghai')::text
            || 'Q' || extract(quarter from booked_at at time zone 'Asia/Shanghai')::text)
);
comment on table own_debt is 'the region is the creditor: it has advanced, the debtor owes';
create index own_debt_of_quarter on own_debt (region, quarter, debt);
create trigger own_debt_is_locked before update or delete or truncate on own_debt
    for each statement execute function refuse_rewrite();

create table quarter_statement (
    region text not null,
    quarter text not null,
    debts integer not null,
    amount bigint not null,
    stated_at timestamptz not null,
    primary key (region, quarter)
);
create trigger quarter_statement_is_locked before update or delete or truncate on quarter_statement
    for each statement execute function refuse_rewrite();

-- The wall behind the lock: no debt of a quarter that was stated.
create function refuse_stated_quarter() returns trigger language plpgsql as $$
begin
    if exists (select from quarter_statement s where s.region = new.region and s.quarter >= new.quarter) then
        raise exception 'region % has stated quarter %: nothing more is booked into it', new.region, new.quarter;
    end if;
    return new;
end $$;
create trigger own_debt_in_open_quarter before insert on own_debt
    for each row execute function refuse_stated_quarter();

-- For the statement, which counts the ledger's own postings of a quarter.
create index posting_of_advance on posting (region, made_at)
    where business_key like 'credit:%' or business_key like 'correct:%';

-- 冲正: taken back when two persons have said so (R7.4).
create table debt_correction (
    region text not null,
    debt text not null,
    reason text not null,
    state text not null check (state in ('PREPARED', 'DONE')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    approved_by text not null default '',
    approved_at timestamptz,
    primary key (region, debt),
    foreign key (region, debt) references own_debt (region, debt),
    constraint two_persons check (approved_by <> prepared_by),
    constraint done_by_somebody check ((state = 'DONE') = (approved_by <> ''))
);

-- Any region: what a generated table says of it, and its two payments ----------------------------------------------------

create table clearing_bill (
    region text not null,
    quarter text not null,
    out_debts integer not null,
    out_amount bigint not null,
    in_debts integer not null,
    in_amount bigint not null,
    digest text not null,
    generated_at timestamptz not null,
    pay_up_by date not null,
    up_reference text,
    up_by text,
    up_at timestamptz,
    down_at timestamptz,
    primary key (region, quarter),
    unique (region, up_reference),
    constraint paid_up_by_somebody check (num_nulls(up_reference, up_by, up_at) in (0, 3))
);

create table clearing_bill_pair (
    region text not null,
    quarter text not null,
    debtor text not null,
    creditor text not null,
    debts integer not null,
    amount bigint not null,
    primary key (region, quarter, debtor, creditor),
    foreign key (region, quarter) references clearing_bill (region, quarter),
    constraint of_the_region check (region in (debtor, creditor))
);

-- The province's centre ------------------------------------------------------------------------------------------------

create table clearing_centre (
    province text primary key,
    first_quarter text not null
);
comment on table clearing_centre is 'the centre makes tables from this quarter on';

create table clearing_debt (
    province text not null,
    debt text not null,
    remittance text not null,
    debtor text not null,
    creditor text not null check (creditor <> debtor),
    amount bigint not null check (amount <> 0),
    quarter text not null,
    booked_at timestamptz not null,
    corrects text,
    said text not null,
    heard_at timestamptz not null,
    primary key (province, debt),
    unique (province, corrects),
    foreign key (province, corrects) references clearing_debt (province, debt)
);
comment on column clearing_debt.said is 'the exact text that the creditor has signed';
create index clearing_debt_of_quarter on clearing_debt (province, quarter, debt);
create trigger clearing_debt_is_locked before update or delete or truncate on clearing_debt
    for each statement execute function refuse_rewrite();

create table clearing_statement (
    province text not null,
    region text not null,
    quarter text not null,
    debts integer not null,
    amount bigint not null,
    stated_at timestamptz not null,
    primary key (province, region, quarter)
);
create trigger clearing_statement_is_locked before update or delete or truncate on clearing_statement
    for each statement execute function refuse_rewrite();

create table clearing_table (
    province text not null,
    quarter text not null,
    debts integer not null,
    total bigint not null,
    json bytea not null,
    json_digest text not null,
    csv bytea not null,
    csv_digest text not null,
    generated_at timestamptz not null,
    pay_up_by date not null,
    primary key (province, quarter)
);

create table clearing_row (
    province text not null,
    quarter text not null,
    region text not null,
    name text not null,
    out_debts integer not null,
    out_amount bigint not null,
    in_debts integer not null,
    in_amount bigint not null,
    primary key (province, quarter, region),
    foreign key (province, quarter) references clearing_table (province, quarter)
);

create table clearing_pair (
    province text not null,
    quarter text not null,
    debtor text not null,
    creditor text not null,
    debts integer not null check (debts > 0),
    amount bigint not null,
    primary key (province, quarter, debtor, creditor),
    foreign key (province, quarter) references clearing_table (province, quarter)
);

-- The key says it: a debt is in one table at most (R7.1).
create table clearing_entry (
    province text not null,
    debt text not null,
    quarter text not null,
    primary key (province, debt),
    foreign key (province, debt) references clearing_debt (province, debt),
    foreign key (province, quarter) references clearing_table (province, quarter)
);
create index clearing_entry_of_table on clearing_entry (province, quarter, debt);

create trigger clearing_table_is_locked before update or delete or truncate on clearing_table
    for each statement execute function refuse_rewrite();
create trigger clearing_row_is_locked before update or delete or truncate on clearing_row
    for each statement execute function refuse_rewrite();
create trigger clearing_pair_is_locked before update or delete or truncate on clearing_pair
    for each statement execute function refuse_rewrite();
create trigger clearing_entry_is_locked before update or delete or truncate on clearing_entry
    for each statement execute function refuse_rewrite();

-- At the commit that makes a table its parts add up.
create function refuse_unbalanced_table() returns trigger language plpgsql as $$
begin
    if (new.debts, new.total) <> (
            select coalesce(sum(debts), 0)::int, coalesce(sum(amount), 0)::bigint from clearing_pair
             where province = new.province and quarter = new.quarter)
        or (new.debts, new.total, new.debts, new.total) <> (
            select coalesce(sum(out_debts), 0)::int, coalesce(sum(out_amount), 0)::bigint,
                   coalesce(sum(in_debts), 0)::int, coalesce(sum(in_amount), 0)::bigint from clearing_row
             where province = new.province and quarter = new.quarter)
        or (new.debts, new.total) <> (
            select count(*)::int, coalesce(sum(d.amount), 0)::bigint
              from clearing_entry e join clearing_debt d on d.province = e.province and d.debt = e.debt
             where e.province = new.province and e.quarter = new.quarter)
    then
        raise exception 'the table of % % does not balance', new.province, new.quarter;
    end if;
    return null;
end $$;
create constraint trigger clearing_table_balances after insert on clearing_table
    deferrable initially deferred for each row execute function refuse_unbalanced_table();

-- And no other commit brings parts in.
create function refuse_late_part() returns trigger language plpgsql as $$
begin
    if exists (
        select from clearing_table t join (select distinct province, quarter from added) a
            on a.province = t.province and a.quarter = t.quarter
         where t.xmin::text <> pg_current_xact_id()::xid::text) then
        raise exception 'a generated table takes nothing more (R7.4)';
    end if;
    return null;
end $$;
create trigger clearing_row_in_time after insert on clearing_row
    referencing new table as added for each statement execute function refuse_late_part();
create trigger clearing_pair_in_time after insert on clearing_pair
    referencing new table as added for each statement execute function refuse_late_part();
create trigger clearing_entry_in_time after insert on clearing_entry
    referencing new table as added for each statement execute function refuse_late_part();

create table clearing_closing (
    province text not null,
    quarter text not null,
    prepared_by text not null,
    prepared_at timestamptz not null,
    approved_by text,
    approved_at timestamptz,
    primary key (province, quarter),
    foreign key (province, quarter) references clearing_table (province, quarter),
    constraint two_persons check (approved_by <> prepared_by),
    constraint approved_by_somebody check (num_nulls(approved_by, approved_at) in (0, 2))
);

create table clearing_payment (
    province text not null,
    quarter text not null,
    region text not null,
    direction text not null check (direction in ('UP', 'DOWN')),
    amount bigint not null,
    reference text not null,
    paid_at timestamptz not null,
    recorded_by text not null,
    primary key (province, quarter, region, direction),
    foreign key (province, quarter, region) references clearing_row (province, quarter, region)
);
create unique index reference_of_a_payment_down on clearing_payment (province, reference) where direction = 'DOWN';
create trigger clearing_payment_is_locked before update or delete or truncate on clearing_payment
    for each statement execute function refuse_rewrite();

create table clearing_proof (
    id bigint generated always as identity primary key,
    province text not null,
    quarter text not null,
    run_at timestamptz not null,
    run_by text not null,
    debts integer not null,
    ledgers text not null,
    agrees boolean not null,
    differences text not null,
    foreign key (province, quarter) references clearing_table (province, quarter)
);
create index clearing_proof_of_table on clearing_proof (province, quarter, id);
comment on column clearing_proof.ledgers is 'the regions whose ledgers stand in this database and were counted';
