-- A case of no money is looked at once also where people issue: one that has no months either is no task for them (R3.4).
alter table outgoing_case add column seen_with_months boolean not null default false;
