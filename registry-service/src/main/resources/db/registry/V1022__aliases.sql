-- One person may have had several records: the merged id stays known and leads to the one that was kept.
create table person_alias (
    alias text primary key references person,
    person text not null references person,
    merged_at timestamptz not null,
    check (alias <> person));
create index person_alias_person on person_alias (person);

-- Two people: a clerk prepares a merge, a reviewer decides it.
create table person_merge (
    id text primary key,
    region text not null references region,
    kept text not null references person,
    merged text not null references person,
    ground text not null check (ground in ('SAME_NUMBER', 'EVIDENCE')),
    evidence text,
    state text not null check (state in ('PREPARED', 'MERGED', 'REFUSED')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    reason text);
create unique index person_merge_open on person_merge (kept, merged) where state = 'PREPARED';
create index person_merge_region on person_merge (region, prepared_at, id);

-- Every id of the person who has that one: cases and messages keep the id under which they were told.
create function same_person(id text) returns setof text language sql stable as $$
    with kept as (select coalesce((select person from person_alias where alias = $1), $1) as person)
    select person from kept
    union all
    select a.alias from person_alias a join kept on a.person = kept.person
$$;
