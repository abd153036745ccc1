-- What has happened to a relationship: who said it, when, why, and from when it holds. Rows are only added.
create table participation_history (
    id bigint generated always as identity primary key,
    person text not null references person,
    region text not null,
    scheme text not null,
    what text not null,
    effective_on date not null,
    why text,
    said_by text not null,
    said_at timestamptz not null);
create index participation_history_relationship on participation_history (person, region, id);

-- A death ends every relationship; one that was recorded wrongly is revoked, never deleted.
create table person_death (
    id bigint generated always as identity primary key,
    person text not null references person,
    died_on date not null,
    region text not null,
    evidence text not null,
    said_by text not null,
    said_at timestamptz not null,
    revoked_by text,
    revoked_why text,
    revoked_at timestamptz);
create unique index person_death_standing on person_death (person) where revoked_at is null;
