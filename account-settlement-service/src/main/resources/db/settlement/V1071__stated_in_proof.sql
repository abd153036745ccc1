-- A recomputation tells which regions' ledgers it has counted, and which regions it has held against their own signed count.
alter table clearing_proof add column stated text not null default '';
comment on column clearing_proof.stated is 'the regions whose ledgers stand elsewhere: compared by what they stated';
