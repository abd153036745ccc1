-- How a case was accepted: what becomes of the balance (R2.10), and whether it is handled at once (R6).
alter table outgoing_case
    -- As the receiving region said it, and as it was decided here.
    add column wish text not null default 'MOVES' check (wish in ('MOVES', 'PAID_OUT', 'STAYS')),
    add column account text not null default 'MOVES' check (account in ('MOVES', 'PAID_OUT', 'STAYS')),
    add column instant boolean not null default false,
    -- What the settlement paid out to the person after completion.
    add column paid_out bigint not null default 0 check (paid_out >= 0),
    -- When a refused hold of an instant case is tried again, on the machine's clock; none when nobody tries.
    add column hold_due timestamptz;
create index outgoing_case_hold_due on outgoing_case (hold_due) where hold_due is not null;
