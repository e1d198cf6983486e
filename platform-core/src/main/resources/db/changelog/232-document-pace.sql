--liquibase formatted sql

-- Since when a document's present step goes on, and how far the document was then; the rest follows from how fast it went since.
--changeset switchboard:document-pace
alter table document
  add column pace_since timestamptz,
  add column pace_from double precision not null default 0;
