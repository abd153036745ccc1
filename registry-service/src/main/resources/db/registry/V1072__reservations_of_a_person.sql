-- What has ever been brought to a person's records is asked with each look (R6.1), freed or not; agencies by their region.
create index reservation_of_person on reservation (person);
create index agency_of_region on agency (region);
