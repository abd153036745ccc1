-- 清算中心: no pooling region, but it has an address and a name in the directory.
create table clearing_centre (
    province text primary key,
    name text not null,
    base_url text not null);
