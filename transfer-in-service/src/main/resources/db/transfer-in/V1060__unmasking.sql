-- Who looked at whose name and number, when and why. Append-only: nobody takes a look back.
create table unmasking (
    position bigint generated always as identity primary key,
    number text not null,
    region text not null,
    subject text not null,
    role text not null,
    reason text not null,
    at timestamptz not null,
    seen_at timestamptz not null default now());
create index unmasking_region on unmasking (region, position);

create function no_change() returns trigger language plpgsql as $$
begin
    raise exception 'unmaskings are only added';
end $$;
create trigger unmasking_stays before update or delete or truncate on unmasking
    for each statement execute function no_change();
