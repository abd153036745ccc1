-- What woke the row, in business time: a case that has ended without a transfer since then is not applied for again.
alter table automatic_transfer add column woken_at timestamptz;
