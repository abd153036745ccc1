-- Which deployment this database is, whatever it is called: its instances share a consumer group under this id. Positions
-- stand in topic_offset, so that another group loses nothing. A database that is copied for another city gets another id.
create table deployment (
    one boolean primary key default true check (one),
    id  uuid not null default gen_random_uuid()
);
insert into deployment default values;
