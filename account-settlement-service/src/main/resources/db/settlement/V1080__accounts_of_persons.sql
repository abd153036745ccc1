-- The index knew which accounts have money, so that each posting had to write all indexes of its accounts anew. Most
-- accounts have some: a search for left-over balances (R6.4) passes over the others.
drop index account_with_balance;
create index account_of_persons on account (region, id) where kind = 'PERSONAL';
