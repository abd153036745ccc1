-- Every message and every application locks its person. Whether the record has been merged into another stands in the
-- locked row itself, so that it need not be asked again behind the lock. Written with the alias, whoever writes that.
alter table person add column merged_into text;

create function merge_into() returns trigger language plpgsql as $$
begin
    update person set merged_into = new.person where id = new.alias;
    return null;
end $$;
create trigger person_alias_merged after insert on person_alias for each row execute function merge_into();

update person p set merged_into = a.person from person_alias a where a.alias = p.id;
