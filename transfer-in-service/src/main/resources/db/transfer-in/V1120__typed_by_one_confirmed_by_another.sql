-- 纸质信息表 (R3.7, R11.5): a sheet that a clerk typed from paper is booked only on the word of another person.
create table paper_confirmation (
    number       text        not null references transfer_case,
    version      integer     not null,
    typed_by     text        not null,
    confirmed_by text        not null,
    confirmed_at timestamptz not null,
    primary key (number, version),
    constraint two_persons check (typed_by <> confirmed_by)
);
