-- A quarter's postings of a region are looked at by their moment (R7.1).
create index posting_by_time on posting (region, made_at);
