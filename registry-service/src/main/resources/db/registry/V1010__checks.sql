-- Facts of practice (arrears, costs not settled, …): they count only where a dated policy has switched the ground on.
create table participation_fact (
    id text primary key,
    person text not null references person,
    region text not null references region,
    scheme text not null,
    ground text not null,
    from_day date not null,
    to_day date check (to_day >= from_day),
    note text,
    said_by text not null,
    said_at timestamptz not null,
    ended_by text,
    ended_at timestamptz);
create index participation_fact_relationship on participation_fact (person, region, scheme);
create index participation_fact_region on participation_fact (region, id);

-- What an applicant wishes done on-line so that the application becomes acceptable: a task of the region (R2.8).
create table participation_wish (
    id text primary key,
    number text not null,
    person text not null references person,
    region text not null references region,
    scheme text not null,
    kind text not null check (kind in ('SUSPEND', 'ENROL')),
    state text not null check (state in ('OPEN', 'DONE', 'REFUSED', 'WITHDRAWN')),
    reason text,
    wished_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    unique (number, region, scheme, kind));
create index participation_wish_region on participation_wish (region, id);
create index participation_wish_open on participation_wish (person, region, scheme) where state = 'OPEN';

-- The day before which the reserved case may not complete (R1.3): the same number is answered the same way.
alter table reservation add column not_before date;
