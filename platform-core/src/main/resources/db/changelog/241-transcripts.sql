--liquibase formatted sql

-- When the text of a message was made of its recording; null for what customers wrote themselves.
--changeset switchboard:transcripts
alter table inbox add column transcribed_at timestamptz;
