-- The one case that a registration follows: with its completion nothing is left to look at.
alter table automatic_transfer add column its_case text;
