-- An arrival is known by its sender and its number (protocol.md §5): a region without a part in the case cannot take the
-- number of the one that has. An order names the old region; those of before are left without.
alter table receiving_case add column from_region text not null default '';

alter table send_back drop constraint send_back_number_n_fkey;
alter table hand_match drop constraint hand_match_number_n_fkey;
alter table bank_slip drop constraint bank_slip_number_n_fkey;
alter table arrival drop constraint arrival_pkey;
alter table arrival add primary key (number, from_region, n);

alter table send_back add column from_region text;
update send_back s set from_region = a.from_region from arrival a where a.number = s.number and a.n = s.n;
alter table send_back alter column from_region set not null;
alter table send_back drop constraint send_back_pkey;
alter table send_back add primary key (number, from_region, n);
alter table send_back add foreign key (number, from_region, n) references arrival (number, from_region, n);

alter table hand_match add column from_region text;
update hand_match m set from_region = a.from_region from arrival a where a.number = m.number and a.n = m.n;
alter table hand_match alter column from_region set not null;
alter table hand_match drop constraint hand_match_pkey;
alter table hand_match add primary key (number, from_region, n);
alter table hand_match add foreign key (number, from_region, n) references arrival (number, from_region, n);

alter table bank_slip drop constraint bank_slip_number_n_key;
alter table bank_slip add unique (number, from_region, n);
alter table bank_slip add foreign key (number, from_region, n) references arrival (number, from_region, n);

drop index arrival_in_suspense;
create index arrival_in_suspense on arrival (region, number, n, from_region) where place in ('HERE', 'SUSPENDED');
