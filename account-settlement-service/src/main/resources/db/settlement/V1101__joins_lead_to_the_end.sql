-- Where a merge leads in the end, through the merges after it: a hold of the last record sees what still waits before it,
-- and what waits is offered again when anything along the chain is freed.
alter table account_join add column leads_to text;
with recursive chain as (
    select region, merged, kept as leads_to, 1 as depth from account_join
    union all
    select c.region, c.merged, j.kept, c.depth + 1
      from chain c join account_join j on j.region = c.region and j.merged = c.leads_to and j.state = 'JOINED'
     where c.depth < 100)
update account_join a set leads_to = (
    select c.leads_to from chain c where c.region = a.region and c.merged = a.merged order by c.depth desc limit 1);
alter table account_join alter column leads_to set not null;
create index account_join_leads_to on account_join (region, leads_to);
drop index account_join_kept;
