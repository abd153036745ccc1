-- 业务单据: 受理单, 不予受理通知书, 电子回执, exactly as sealed at their step.
create table case_paper (
    number      text        not null references transfer_case,
    kind        text        not null check (kind in ('ACCEPTANCE', 'REFUSAL', 'COMPLETION')),
    text        text        not null,
    seal_key_id text        not null,
    seal        bytea       not null,
    issued_at   timestamptz not null,
    primary key (number, kind)
);
