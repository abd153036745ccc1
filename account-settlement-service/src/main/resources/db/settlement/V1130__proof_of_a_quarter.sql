-- A recomputation reads what a creditor said in one quarter; only the records of debts are in this index.
create index debt_recorded_by_time on event_journal (source, (time collate "C")) where type = 'debt.recorded.v1';
