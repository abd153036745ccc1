-- 免申即转: a new registration here, whose older records inside the province follow by themselves (R6.1).
create table automatic_transfer (
    person    text        not null,
    receiving text        not null,
    opened_at timestamptz not null,
    -- DUE: to be looked at; WAITING: an old region is still active there; DONE: nothing is left to follow.
    state     text        not null check (state in ('DUE', 'WAITING', 'DONE')),
    -- On the real clock; somebody who waits is looked at once a day all the same.
    next_look timestamptz not null,
    looks     integer     not null default 0,
    -- Counts what woke it: a look that something overtook decides nothing.
    wakes     integer     not null default 0,
    -- Old regions whose record was refused for a reason that time does not mend.
    given_up  text[]      not null default '{}',
    primary key (person, receiving)
);
create index automatic_transfer_open on automatic_transfer (next_look) where state <> 'DONE';

-- An application of the same person from the same region that is still open here.
create index transfer_case_of_certificate on transfer_case (certificate_number, receiving, sending);
