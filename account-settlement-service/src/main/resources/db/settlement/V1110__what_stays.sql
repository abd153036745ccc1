-- 留存余额 (R2.10): once a case has asked for an account, the region says what lies free on it whenever that becomes another
-- amount than it said last. An account that its own transfer empties stays at 0.00, and nothing is said.
alter table account
    add column followed boolean not null default false,
    add column chosen_by text not null default '',
    add column left_said bigint not null default 0,
    add column left_changes bigint not null default 0;
comment on column account.followed is 'a case has asked for it: what lies free on it is told';
comment on column account.chosen_by is 'the case in which the person said that the money stays; empty: nobody said so';
comment on column account.left_said is 'what was said last';
create index account_left_by_choice on account (chosen_by) where chosen_by <> '';

-- What is to be said. Beside the accounts: an index over their balances would be written anew with every posting.
create table left_to_tell (
    account bigint primary key references account,
    why text not null check (why in ('CHOSEN', 'CREDITED', 'CORRECTED', 'RELEASED', 'GONE')),
    ground text,
    number text
);

-- Money that lies on accounts which earlier cases have emptied.
update account a set followed = true
 where a.kind = 'PERSONAL'
   and exists (select from sending_case c
                where c.region = a.region and c.person = a.owner
                  and c.state in ('REMITTED', 'SETTLED', 'PAID_OUT', 'HOME'));
insert into left_to_tell (account, why)
select id, 'CREDITED' from account where followed and balance <> held;
