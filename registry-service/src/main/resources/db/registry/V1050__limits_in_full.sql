-- What is told of a limit beyond its due day (R4.4, R4.6, R4.7).
alter table case_deadline
    add started_on date,
    add working_days int,
    add promised_on date,
    add paused_since timestamptz,
    add pause_reason text,
    add cancelled_at timestamptz,
    add escalated_at timestamptz;

-- A limit starts anew after a returned sheet. Everything is said at 00:00 of a day after the starting day, and what was
-- said of the limit before it, on that day or earlier: so the order in which messages come does not matter.
create function said_of(started_on date, at timestamptz) returns boolean language sql immutable
    return started_on is null or (at at time zone 'Asia/Shanghai')::date > started_on;
