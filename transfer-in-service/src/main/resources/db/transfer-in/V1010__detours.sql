-- 渠道、意愿、核验与承诺 (R2.1, R2.10, R2.11), 窗口材料 (R2.3), 年度 (R1.3), 纸质 (R3.7), 即时办理 (R6).
alter table transfer_case
    add column channel       text        not null default 'NATIONAL_APP',
    add column account_wish  text        not null default 'MOVES',
    add column one_stop      boolean     not null default false,
    add column identified_at timestamptz,
    add column agreed_at     timestamptz,
    add column signature     text,
    add column telephone     text,
    add column household     text,
    add column on_paper      boolean     not null default false,
    add column instant       boolean     not null default false,
    add column papers        text[]      not null default '{}',
    add column not_before    date;

-- Cases from before this version: the door's moment is the submission's, the channel follows from who applied.
update transfer_case
   set identified_at = submitted_at,
       agreed_at = submitted_at,
       account_wish = case when from_scheme = '310' and to_scheme = '310' then 'MOVES' else 'STAYS' end,
       channel = case when applicant_role = 'EMPLOYER' then 'EMPLOYER'
                      when applicant_role = 'CLERK' and applicant_region = receiving then 'WINDOW_RECEIVING'
                      when applicant_role = 'CLERK' then 'WINDOW_SENDING'
                      else 'NATIONAL_APP' end;

alter table transfer_case
    alter column channel drop default,
    alter column account_wish drop default,
    alter column identified_at set not null,
    alter column agreed_at set not null,
    add check (channel in ('NATIONAL_APP', 'PROVINCIAL_APP', 'SELF_SERVICE', 'EMPLOYER', 'WINDOW_RECEIVING',
                           'WINDOW_SENDING', 'AUTOMATIC')),
    add check (account_wish in ('MOVES', 'PAID_OUT', 'STAYS')),
    add check (state <> 'YEAR_RUNNING' or not_before is not null);

-- Three more states: INCOMPLETE, WAITING, YEAR_RUNNING.
alter table transfer_case
    drop constraint transfer_case_state_check,
    drop constraint transfer_case_check,
    add constraint transfer_case_state_check check (
        state in ('SUBMITTED', 'INCOMPLETE', 'WAITING', 'REFUSED', 'ACCEPTED', 'WITHDRAWING', 'RECEIVED', 'RETURNED',
                  'YEAR_RUNNING', 'BOOKED', 'COMPLETED', 'WITHDRAWN', 'DECLINED')),
    add constraint transfer_case_sheet_check check (
        (state in ('RECEIVED', 'RETURNED', 'YEAR_RUNNING', 'BOOKED', 'COMPLETED')) = (sheet_version is not null));

-- 待核验 and 等候联办: both are asked about again.
drop index transfer_case_submitted;
create index transfer_case_unchecked on transfer_case (next_try) where state in ('SUBMITTED', 'WAITING');
-- 年度: on which day which case completes.
create index transfer_case_year_running on transfer_case (not_before) where state = 'YEAR_RUNNING';
