-- 秒到账: what one request of a person asked for, and which case came of each old region (R6.2).
create table instant_request (
    id        uuid        primary key,
    receiving text        not null,
    subject   text        not null,
    person    text        not null,
    asked_at  timestamptz not null
);
create table instant_request_line (
    request uuid not null references instant_request,
    sending text not null,
    -- Empty while the application is being handed in.
    number  text references transfer_case,
    primary key (request, sending)
);
