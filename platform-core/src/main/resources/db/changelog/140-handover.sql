--liquibase formatted sql

-- A person who answers in the bot's place. While taken_at is set, run_at stays null, so no turn is claimed; what customers write is
-- stored and waits for the person, or for the bot when the conversation is given back.
--changeset switchboard:handover-conversation
alter table conversation
  add column taken_at timestamptz,
  add column taken_by text,
  add constraint conversation_taken check ((taken_at is null) = (taken_by is null) and (taken_at is null or run_at is null));

--changeset switchboard:handover-reply
alter table reply add column author text;
