--liquibase formatted sql

-- Words that people sort documents by, in small letters.
--changeset switchboard:document-tags
alter table document add column tags text[] not null default '{}';
