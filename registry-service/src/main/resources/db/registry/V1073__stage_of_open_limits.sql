-- Only an open limit is looked for by the step of its case. One that has ended is left alone while its case goes on:
-- it was written anew with every later step. What ended rows of before say of their stage nobody reads.

-- The case's row is locked: its step cannot move past while a limit of it is being written.
create or replace function place_limit() returns trigger language plpgsql as $$
declare
    shown_step text;
    has_ended boolean;
begin
    new.is_open := new.met_at is null and new.cancelled_at is null;
    if new.is_open then
        select c.step, c.is_end into shown_step, has_ended
          from case_index c where c.number = new.number for share;
        new.is_open := found and not has_ended;
    end if;
    new.stage := case when new.is_open then shown_step end;
    return new;
end $$;

create or replace function move_limits() returns trigger language plpgsql as $$
begin
    update case_deadline d set stage = n.step
      from new_rows n
     where d.number = n.number and d.met_at is null and d.cancelled_at is null
       and (d.is_open = n.is_end or (not n.is_end and d.stage is distinct from n.step));
    return null;
end $$;
