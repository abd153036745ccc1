-- 到账冲正 (R7.6): the money of a completed case that its region has taken back from the account. A case is credited once.
create table reversal (
    number        text        primary key references transfer_case,
    remittance    text        not null,
    amount        bigint      not null check (amount > 0),
    ground        text        not null,
    taken_back_at timestamptz not null
);

-- A paper stays as it was sealed; what has become untrue is said by a further one of the same kind.
alter table case_paper add column issue integer not null default 1 check (issue >= 1);
alter table case_paper drop constraint case_paper_pkey;
alter table case_paper add primary key (number, kind, issue);
