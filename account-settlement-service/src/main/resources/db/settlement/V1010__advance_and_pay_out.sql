-- 先划转后清算 (R6.5): what is advanced stands between two regions as a debt, not as money on the wire.
-- 提取 (R2.10, R11.4): a balance that is kept for the person, and what was paid out.
alter table account drop constraint account_kind_check;
alter table account add constraint account_kind_check
    check (kind in ('CLEARING', 'FUND', 'PAID_OUT', 'PERSONAL', 'SUSPENSE', 'TRANSIT'));
alter table account drop constraint never_negative;
alter table account add constraint never_negative
    check (kind in ('CLEARING', 'FUND', 'TRANSIT') or balance >= 0);
alter table account drop constraint transit_has_two_ends;
alter table account add constraint what_stands_between_has_two_ends
    check ((kind in ('CLEARING', 'TRANSIT')) = (counter_region <> ''));

alter table sending_case drop constraint sending_case_state_check;
alter table sending_case add constraint sending_case_state_check
    check (state in ('EMPTY', 'REFUSED', 'HELD', 'KEPT', 'PAID_OUT', 'REMITTED', 'SETTLED', 'RELEASED', 'HOME'));
alter table sending_case add column route text not null default 'TRANSIT' check (route in ('TRANSIT', 'CLEARING'));
create index kept_for_person on sending_case (region, person) where state = 'KEPT';

alter table arrival add column route text not null default 'TRANSIT'
    constraint arrival_route_check check (route in ('TRANSIT', 'CLEARING'));
