-- 缴费月份 (R11.5): what creates paid months or inherited rows is prepared by one person and approved by another.

create table months_batch (
    region text not null references region,
    batch text not null,
    position bigint generated always as identity,
    reason text not null,
    persons int not null check (persons > 0),
    months int not null check (months >= 0),
    digest text not null,
    -- What was prepared; thrown away when it is decided: it names persons.
    content text,
    state text not null check (state in ('PREPARED', 'RECORDED', 'REFUSED')),
    prepared_by text not null,
    prepared_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    refusal text,
    primary key (region, batch),
    -- Who prepared it may take it back, never approve it.
    constraint two_persons check (state <> 'RECORDED' or decided_by <> prepared_by),
    constraint decided_by_somebody check (
        (state = 'PREPARED') = (decided_by is null) and num_nulls(decided_by, decided_at) in (0, 2)),
    constraint refused_for_a_reason check ((state = 'REFUSED') = (refusal is not null)),
    constraint content_until_decided check ((state = 'PREPARED') = (content is not null))
);
create index months_batch_listed on months_batch (region, position);

-- A file without faults waits for another person than the one who sent it.
alter table history_import drop constraint history_import_state_check;
alter table history_import add constraint history_import_state_check
    check (state in ('RECEIVING', 'RECEIVED', 'CHECKING', 'CHECKED', 'LOADING', 'LOADED', 'REFUSED'));
alter table history_import add column months int not null default 0;
alter table history_import add column approved_by text;
alter table history_import add column approved_at timestamptz;
alter table history_import add column refusal text;
alter table history_import add column refused_by text;
-- A file that an older build was about to load is judged once more, and waits for another person then.
update history_import set state = 'CHECKING' where state = 'LOADING';
alter table history_import add constraint file_by_two_persons check (approved_by <> received_by);
alter table history_import add constraint loaded_by_two_persons
    check (state not in ('LOADING', 'LOADED') or approved_by is not null) not valid;

-- 缴费月份台账: every change of the months of a relationship, with its two persons, chained by SM3. An auditor who works it out
-- again finds months that were changed around the services. Rows of sheets stand in the signed history.booked instead.
create table months_entry (
    person text not null,
    region text not null,
    scheme text not null,
    no int not null,
    cause text not null,
    prepared_by text not null,
    approved_by text not null,
    content text not null,
    digest text not null,
    primary key (person, region, scheme, no),
    constraint two_persons check (
        case when cause in ('sandbox', 'before the rule') then prepared_by = approved_by
             else prepared_by <> '' and approved_by <> '' and prepared_by <> approved_by end),
    constraint chained check ((digest = '') = (cause = 'before the rule'))
);
comment on column months_entry.digest is 'SM3 of the digest before, cause, both persons and content, each with a line feed';

insert into months_entry (person, region, scheme, no, cause, prepared_by, approved_by, content, digest)
select k.person, k.region, k.scheme, 0, 'before the rule', '', '',
       coalesce((select string_agg(to_char(first_month, 'YYYY-MM') || '..' || to_char(last_month, 'YYYY-MM') || '@' || agency,
                                   ',' order by first_month)
                   from paid_period p where (p.person, p.region, p.scheme) = (k.person, k.region, k.scheme)), '')
       || ';' ||
       coalesce((select string_agg(to_char(first_month, 'YYYY-MM') || '..' || to_char(last_month, 'YYYY-MM') || '='
                                   || months || '@' || agency_region, ',' order by no)
                   from inherited_row i where (i.person, i.region, i.scheme) = (k.person, k.region, k.scheme)
                    and i.origin = 'import'), ''),
       ''
  from (select person, region, scheme from paid_period
        union select person, region, scheme from inherited_row where origin = 'import') k;
alter table months_entry add constraint the_rule_is_in_force check (cause <> 'before the rule') not valid;

create function refuse_changed_months() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only (R11.5)', tg_table_name;
end $$;
create trigger months_entry_is_append_only before update or delete or truncate on months_entry
    for each statement execute function refuse_changed_months();
