-- Tries of a certificate's last four characters for a case: counted before they are compared, in all instances alike.
create table last_four_try (
    number text        primary key,
    tries  integer     not null,
    -- Technical time, on the database's clock: a moved sandbox clock opens nothing.
    since  timestamptz not null
);
-- How often somebody has applied for the same relationship today.
create index transfer_case_of_applicant on transfer_case (applicant_person, submitted_at)
    where applicant_person is not null;
