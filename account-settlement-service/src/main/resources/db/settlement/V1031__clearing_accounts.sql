-- 上解, 下拨, 清算专户: accounts of clearing in the regions' ledgers and in the province's own.
alter table account
    drop constraint account_kind_check,
    drop constraint never_negative;
alter table account
    add constraint account_kind_check check (kind in (
        'BANK', 'CLEARING', 'FUND', 'PAID_DOWN', 'PAID_OUT', 'PAID_UP', 'PERSONAL', 'POOL', 'SUSPENSE', 'TRANSIT')),
    add constraint never_negative check (
        kind in ('BANK', 'CLEARING', 'FUND', 'PAID_DOWN', 'PAID_UP', 'POOL', 'TRANSIT') or balance >= 0);
