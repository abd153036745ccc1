-- Months that were paid back afterwards (补缴), with the day on which they were: they also stand among the months paid.
create table back_payment (
    person text not null,
    region text not null,
    scheme text not null,
    month date not null,
    paid_on date not null,
    primary key (person, region, scheme, month));
