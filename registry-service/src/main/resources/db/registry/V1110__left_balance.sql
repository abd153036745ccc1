-- 留存余额 (R2.10): what lies free on the account of somebody who has had a transfer from there, as that region's settlement
-- says. Kept under the record under which the account stands there; the person is the record that goes on.
create table left_balance (
    account_of text not null,
    region text not null,
    person text not null references person,
    amount bigint not null check (amount >= 0),
    chosen boolean not null,
    change bigint not null,
    said_at timestamptz not null,
    primary key (account_of, region)
);
create index left_balance_of_person on left_balance (person, region);

-- 告知: a pay-out of what stayed belongs to no case.
alter table message alter column number drop not null;
create unique index message_without_case on message (source, sequence, recipient, recipient_id) where number is null;
