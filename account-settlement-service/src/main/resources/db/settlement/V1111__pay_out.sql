-- 余额提取 (R2.10): what stayed on an account is paid out to the person. One clerk prepares it, another person approves it; the
-- amount is what lay free when it was prepared, never more.
create table account_pay_out (
    id uuid primary key,
    region text not null,
    person text not null,
    state text not null check (state in ('ASKED', 'PREPARED', 'PAID', 'REFUSED')),
    at_window boolean not null,
    asked_by text not null,
    asked_at timestamptz not null,
    amount bigint not null default 0 check (amount >= 0),
    prepared_by text,
    prepared_at timestamptz,
    approved_by text,
    approved_at timestamptz,
    refused_by text,
    refused_at timestamptz,
    refusal text,
    constraint two_persons check (approved_by <> prepared_by),
    constraint paid_by_two check (state <> 'PAID' or num_nulls(prepared_by, approved_by) = 0 and amount > 0),
    constraint prepared_by_somebody check (state <> 'PREPARED' or prepared_by is not null and amount > 0),
    constraint refused_with_reason check ((state = 'REFUSED') = (num_nulls(refused_by, refused_at, refusal) = 0))
);
create unique index account_pay_out_open on account_pay_out (region, person) where state in ('ASKED', 'PREPARED');
create index account_pay_out_of_region on account_pay_out (region, id);

create trigger account_pay_out_is_locked before update or delete on account_pay_out
    for each row when (old.state in ('PAID', 'REFUSED')) execute function refuse_rewrite();

-- The wall behind the rule: no such money leaves without its two persons.
create function refuse_one_persons_pay_out() returns trigger language plpgsql as $$
begin
    if not exists (
        select from account_pay_out o
         where 'payout:' || o.id = new.business_key and o.region = new.region and o.state = 'PAID') then
        raise exception 'what stayed on an account is paid out by two persons (R2.10)';
    end if;
    return new;
end $$;
create trigger pay_out_by_two_persons before insert on posting
    for each row when (new.business_key like 'payout:%' and new.business_key ~ '^payout:[0-9a-f]{8}-[0-9a-f]{4}-')
    execute function refuse_one_persons_pay_out();
