--liquibase formatted sql

-- Who answers for the pages of a site, and until when they hold; pages that come later get the same.
--changeset switchboard:site-validity
alter table site
  add column owner text check (length(owner) between 1 and 120),
  add column valid_until timestamptz;
