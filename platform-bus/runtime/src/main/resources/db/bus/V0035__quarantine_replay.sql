-- What was kept out and has passed since: it stays as evidence, and is listed no longer.
alter table quarantined
    add column resolved_at timestamptz,
    add column resolved_by text;
create index quarantined_unresolved on quarantined (position) where resolved_at is null;
