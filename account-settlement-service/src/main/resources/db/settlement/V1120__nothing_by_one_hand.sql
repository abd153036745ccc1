-- 经办复核 (R11.5): what is booked by hand is prepared by one person and approved by another, and both stand on record.

create table posting_hand (
    posting bigint primary key references posting (id),
    act text not null check (act in
        ('IMPORT', 'MATCH', 'SEND_BACK', 'SLIP', 'CORRECTION', 'PAYMENT', 'SANDBOX', 'BEFORE_THE_RULE')),
    prepared_by text not null,
    approved_by text not null,
    -- The sandbox's own loader is nobody; what was booked before this rule has its authors elsewhere or nowhere.
    constraint two_persons check (
        case act when 'SANDBOX' then prepared_by = 'sandbox' and approved_by = 'sandbox'
                 when 'BEFORE_THE_RULE' then prepared_by = '' and approved_by = ''
                 else prepared_by <> '' and approved_by <> '' and prepared_by <> approved_by end)
);
comment on table posting_hand is 'who prepared and who approved a posting by hand: subjects of staff, never of insured persons';

insert into posting_hand (posting, act, prepared_by, approved_by)
select id, 'BEFORE_THE_RULE', '', '' from posting p
 where business_key like 'import:%' or business_key like 'match:%'
    or (business_key like 'arrive:%'
        and exists (select from posting_line l join account a on a.id = l.account
                     where l.posting = p.id and a.kind = 'BANK'));
-- For new rows only: nothing is before the rule any more.
alter table posting_hand add constraint the_rule_is_in_force check (act <> 'BEFORE_THE_RULE') not valid;

create trigger posting_hand_is_append_only before update or delete or truncate on posting_hand
    for each statement execute function refuse_change();

-- The wall behind the rule: at the commit that books by hand both persons stand beside the posting.
create function refuse_one_hand() returns trigger language plpgsql as $$
begin
    if not exists (select from posting_hand h where h.posting = new.id) then
        raise exception 'posting % is by hand and names no two persons (R11.5)', new.business_key;
    end if;
    return null;
end $$;
create constraint trigger posting_by_two_persons after insert on posting
    deferrable initially deferred for each row
    when (new.business_key like 'import:%' or new.business_key like 'match:%')
    execute function refuse_one_hand();

-- 余额批次: what two persons put on accounts, or take from them.
create table balance_batch (
    region text not null,
    batch text not null,
    position bigint generated always as identity,
    reason text not null,
    lines integer not null check (lines > 0),
    total bigint not null,
    digest text not null,
    state text not null check (state in ('PREPARED', 'APPROVED', 'POSTED', 'REFUSED')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    refusal text,
    finished_at timestamptz,
    primary key (region, batch),
    -- Who prepared it may take it back, never approve it.
    constraint two_persons check (state not in ('APPROVED', 'POSTED') or decided_by <> prepared_by),
    constraint decided_by_somebody check (
        (state = 'PREPARED') = (decided_by is null) and num_nulls(decided_by, decided_at) in (0, 2)),
    constraint refused_for_a_reason check ((state = 'REFUSED') = (refusal is not null)),
    constraint posted_at_a_moment check ((state = 'POSTED') = (finished_at is not null))
);
create index balance_batch_listed on balance_batch (region, position);
create index balance_batch_to_post on balance_batch (position) where state = 'APPROVED';

create table balance_batch_line (
    region text not null,
    batch text not null,
    line integer not null,
    person text not null,
    amount bigint not null,
    outcome text not null default 'WAITING' check (outcome in ('WAITING', 'POSTED', 'NOT_POSTED')),
    why text check ((outcome = 'NOT_POSTED') = (why is not null)),
    primary key (region, batch, line),
    foreign key (region, batch) references balance_batch (region, batch)
);
create index balance_batch_line_waits on balance_batch_line (region, batch, line) where outcome = 'WAITING';

-- What was prepared is what is approved.
create function refuse_other_content() returns trigger language plpgsql as $$
begin
    raise exception '%: a batch keeps what was prepared (R11.5)', tg_table_name;
end $$;
create trigger balance_batch_keeps_content before update on balance_batch for each row
    when ((old.region, old.batch, old.reason, old.lines, old.total, old.digest, old.prepared_by) is distinct from
          (new.region, new.batch, new.reason, new.lines, new.total, new.digest, new.prepared_by)
          or old.state in ('POSTED', 'REFUSED'))
    execute function refuse_other_content();
create trigger balance_batch_line_keeps_content before update on balance_batch_line for each row
    when ((old.region, old.batch, old.line, old.person, old.amount) is distinct from
          (new.region, new.batch, new.line, new.person, new.amount) or old.outcome <> 'WAITING')
    execute function refuse_other_content();
create trigger balance_batch_is_kept before delete or truncate on balance_batch
    for each statement execute function refuse_other_content();
create trigger balance_batch_line_is_kept before delete or truncate on balance_batch_line
    for each statement execute function refuse_other_content();

-- 银行回单: registered by one person, money once another has approved it.
alter table bank_slip alter column n drop not null;
alter table bank_slip add column approved_by text;
alter table bank_slip add column approved_at timestamptz;
alter table bank_slip add constraint slip_by_two_persons check (approved_by <> registered_by);
-- Slips of before the rule have money and no second person.
alter table bank_slip add constraint money_by_two_persons
    check (num_nulls(n, approved_by, approved_at) in (0, 3)) not valid;
create trigger bank_slip_keeps_content before update on bank_slip for each row
    when (old.n is not null) execute function refuse_other_content();
create trigger bank_slip_is_kept before delete or truncate on bank_slip
    for each statement execute function refuse_other_content();
