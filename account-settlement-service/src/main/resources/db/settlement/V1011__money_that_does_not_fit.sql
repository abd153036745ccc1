-- 银行来款 (R3.7): money of a region outside the platform comes by the bank.
alter table account drop constraint account_kind_check;
alter table account add constraint account_kind_check
    check (kind in ('BANK', 'CLEARING', 'FUND', 'PAID_OUT', 'PERSONAL', 'SUSPENSE', 'TRANSIT'));
alter table account drop constraint never_negative;
alter table account add constraint never_negative
    check (kind in ('BANK', 'CLEARING', 'FUND', 'TRANSIT') or balance >= 0);
alter table arrival drop constraint arrival_route_check;
alter table arrival add constraint arrival_route_check check (route in ('TRANSIT', 'CLEARING', 'BANK'));

-- 手工匹配 (R3.2): what came under one case is credited in another.
alter table arrival drop constraint arrival_place_check;
alter table arrival add constraint arrival_place_check
    check (place in ('HERE', 'CREDITED', 'SUSPENDED', 'SENT_BACK', 'MATCHED'));
alter table arrival add column matched_to text not null default '';
alter table arrival add constraint matched_to_a_case check ((place = 'MATCHED') = (matched_to <> ''));
-- A case is paid once, by its own arrival or by a matched one.
drop index credited_once;
create unique index paid_once on arrival ((case place when 'MATCHED' then matched_to else number end))
    where place in ('CREDITED', 'MATCHED');
create index order_due on receiving_case (region, amount, number) where order_state = 'DUE';

create table hand_match (
    number text not null,
    n integer not null,
    matched_to text not null check (matched_to <> number),
    person text not null,
    state text not null check (state in ('PREPARED', 'DONE')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    approved_by text not null default '',
    approved_at timestamptz,
    primary key (number, n),
    foreign key (number, n) references arrival (number, n),
    constraint match_by_two_persons check (approved_by <> prepared_by),
    constraint match_done_by_somebody check ((state = 'DONE') = (approved_by <> ''))
);

-- 银行回单: the paper on which the money came, registered once.
create table bank_slip (
    region text not null,
    slip text not null,
    number text not null,
    n integer not null,
    from_region text not null,
    amount bigint not null check (amount > 0),
    registered_by text not null,
    registered_at timestamptz not null,
    position bigint generated always as identity,
    primary key (region, slip),
    unique (number, n),
    foreign key (number, n) references arrival (number, n)
);
create index bank_slip_listed on bank_slip (region, position);
