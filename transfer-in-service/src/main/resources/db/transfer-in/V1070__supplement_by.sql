-- 补正期限: until when the papers that are missing are waited for.
alter table transfer_case add column supplement_by date;

create index transfer_case_incomplete on transfer_case (supplement_by) where state = 'INCOMPLETE';
