-- 上解、下拨: one person prepares the bank's reference and amount, another enters the same and books it (R7.3). What was
-- registered before this rule stays as it is.

create table payment_step (
    region text not null,
    quarter text not null,
    direction text not null check (direction in ('UP', 'DOWN')),
    reference text not null,
    amount bigint not null,
    prepared_by text not null,
    prepared_at timestamptz not null,
    approved_by text,
    approved_at timestamptz,
    primary key (region, quarter, direction),
    constraint two_persons check (approved_by <> prepared_by),
    constraint approved_by_somebody check (num_nulls(approved_by, approved_at) in (0, 2))
);
comment on column payment_step.region is 'the region that pays up to, or is paid down by, its centre';

create trigger payment_step_is_locked before update or delete on payment_step
    for each row when (old.approved_by is not null) execute function refuse_rewrite();

-- The wall behind the rule: no payment without its two persons.
create function refuse_one_persons_payment() returns trigger language plpgsql as $$
declare
    way text;
    paper text;
    paid bigint;
    who text;
begin
    if tg_table_name = 'clearing_bill' then
        way := 'UP';
        paper := new.up_reference;
        paid := new.out_amount;
        who := new.up_by;
    else
        way := 'DOWN';
        paper := new.reference;
        paid := new.amount;
        who := new.recorded_by;
    end if;
    if not exists (
        select from payment_step s
         where s.region = new.region and s.quarter = new.quarter and s.direction = way
           and s.reference = paper and s.amount = paid and s.approved_by = who) then
        raise exception 'a payment is registered by two persons (R7.3)';
    end if;
    return new;
end $$;
create trigger clearing_bill_by_two_persons before update on clearing_bill
    for each row when (old.up_at is null and new.up_at is not null) execute function refuse_one_persons_payment();
create trigger clearing_payment_by_two_persons before insert on clearing_payment
    for each row when (new.direction = 'DOWN') execute function refuse_one_persons_payment();
