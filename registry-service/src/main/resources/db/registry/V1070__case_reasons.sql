-- Why the newest step of a case says no, or what it waits for (43号 Art. 7, R10.2).
alter table case_index add column reasons jsonb not null default '[]';
