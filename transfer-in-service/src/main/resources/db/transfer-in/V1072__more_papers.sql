-- 申请表 and 资金到账凭证 too.
alter table case_paper drop constraint case_paper_kind_check;

alter table case_paper add constraint case_paper_kind_check
    check (kind in ('APPLICATION', 'ACCEPTANCE', 'REFUSAL', 'COMPLETION', 'MONEY_ARRIVAL'));
