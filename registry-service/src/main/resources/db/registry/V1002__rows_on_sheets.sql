-- Which case's sheet has taken the rows: what is paid later did not travel with it.
alter table paid_period add column on_sheet text;
alter table inherited_row add column on_sheet text;
