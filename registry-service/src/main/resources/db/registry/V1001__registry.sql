-- The directory ------------------------------------------------------------------------------------------------------
create table region (
    code text primary key,
    name text not null,
    province_code text not null,
    province_name text not null,
    kind text not null,
    on_platform boolean not null);

create table agency (
    code text primary key,
    region text not null references region,
    name text not null,
    address text not null,
    telephone text not null,
    supervision_telephone text not null,
    postcode text not null,
    clerk text not null,
    is_main boolean not null);
create unique index agency_main on agency (region) where is_main;

create table endpoint (
    region text not null references region,
    service text not null,
    base_url text not null,
    primary key (region, service));

create table published_key (
    key_id text primary key,
    owner text not null,
    public_key text not null,
    valid_from timestamptz not null,
    valid_to timestamptz);
create index published_key_owner on published_key (owner);

create table policy (
    name text not null,
    scope text not null,
    value text not null,
    valid_from date not null,
    valid_to date,
    basis text not null,
    primary key (name, scope, valid_from));

create table calendar_year (
    year int not null,
    region text not null,
    notice text not null,
    primary key (year, region));

create table calendar_day (
    region text not null,
    day date not null,
    year int not null,
    name text not null,
    working boolean not null,
    primary key (region, day),
    foreign key (year, region) references calendar_year);

-- What stands on platform.directory for each thing: unchanged things are not published again.
create table directory_published (
    subject text primary key,
    digest text not null);

-- Persons and their participation --------------------------------------------------------------------------------------
create table person (
    id text primary key,
    certificate_type text not null,
    certificate_number text not null,
    name text not null,
    sex text not null,
    unique (certificate_type, certificate_number));

create table participation (
    person text not null references person,
    region text not null references region,
    scheme text not null,
    status text not null check (status in ('1', '2', '4')),
    person_type text not null,
    agency text not null references agency,
    employer text,
    since date not null,
    primary key (person, region, scheme));
create index participation_employer on participation (employer, region) where employer is not null;

-- Months actually paid, as the longest runs with one agency; months are stored as their first day.
create table paid_period (
    person text not null,
    region text not null,
    scheme text not null,
    first_month date not null,
    last_month date not null check (last_month >= first_month),
    agency text not null references agency,
    transferred_by text,
    primary key (person, region, scheme, first_month),
    foreign key (person, region, scheme) references participation);

-- Rows from sheets booked here, with their original agency; replaced by origin (a case number, or 'import').
create table inherited_row (
    person text not null references person,
    region text not null references region,
    scheme text not null,
    origin text not null,
    no int not null,
    first_month date not null,
    last_month date not null,
    sheet_scheme text not null,
    months int not null,
    agency_name text not null,
    agency_region text not null,
    remark text,
    transferred_by text,
    primary key (person, region, scheme, origin, no));

-- Each completed case ends the old relationship once, however often it is told.
create table termination (
    case_number text primary key,
    person text not null,
    region text not null,
    scheme text not null,
    terminated_at timestamptz not null);

create table reservation (
    number text primary key,
    person text not null references person,
    region text not null,
    scheme text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    confirmed boolean not null default false,
    freed_at timestamptz);
create unique index reservation_active on reservation (person, region, scheme) where freed_at is null;

-- The progress index -----------------------------------------------------------------------------------------------------
create table case_index (
    number text primary key,
    person text not null,
    sending text not null,
    receiving text not null,
    from_scheme text not null,
    to_scheme text not null,
    first_at timestamptz not null,
    step text not null,
    state text not null,
    status text not null,
    is_end boolean not null,
    holder text,
    last_at timestamptz not null,
    last_source text not null,
    last_sequence bigint not null);
create index case_index_newest on case_index (first_at, number);
create index case_index_person on case_index (person, number);
create index case_index_sending on case_index (sending, number);
create index case_index_receiving on case_index (receiving, number);

create table case_step (
    number text not null,
    source text not null,
    step text not null,
    state text not null,
    status text not null,
    holder text,
    at timestamptz not null,
    primary key (number, at, source, step, state));

create table case_deadline (
    number text not null,
    kind text not null,
    region text not null,
    due_on date not null,
    provisional boolean not null,
    met_at timestamptz,
    seen_at timestamptz not null,
    warned_at timestamptz,
    working_days_left int,
    missed_at timestamptz,
    primary key (number, kind, region));

-- Sandbox only: what the business clock showed at which system time, as last moved.
create table sandbox_clock (
    one boolean primary key default true check (one),
    business_time timestamptz not null,
    system_time timestamptz not null);
