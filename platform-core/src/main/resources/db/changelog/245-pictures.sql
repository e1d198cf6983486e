--liquibase formatted sql

-- What a model saw in the picture of a message, and when. It stands beside the text, which is what the customer wrote under the picture.
--changeset switchboard:pictures
alter table inbox
  add column description text,
  add column described_at timestamptz;
