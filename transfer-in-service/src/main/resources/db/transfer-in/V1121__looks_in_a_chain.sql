-- 查看记录 in a chain: a look that was changed or taken away around the service shows. What was there before stands unchained.
alter table unmasking add column no bigint;
alter table unmasking add column digest text not null default '';
comment on column unmasking.digest is
    'SM3 of the digest before, number, subject, role, reason and the moment in microseconds, each with a line feed';
create unique index unmasking_in_chain on unmasking (region, no);
alter table unmasking add constraint chained check (no is not null and digest <> '') not valid;

-- The end of each region's chain; its row lets looks of one region follow each other.
create table unmasking_head (
    region text primary key,
    no bigint not null,
    digest text not null);
