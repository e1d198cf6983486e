--liquibase formatted sql

-- A customer who wants no messages; the bot is silent until the customer asks for more.
--changeset switchboard:windows-opt-out
alter table conversation add column opted_out_at timestamptz;
alter table inbox drop constraint inbox_skipped_check;
alter table inbox add constraint inbox_skipped_check check (skipped in ('STALE', 'FLOOD', 'OPTED_OUT'));

-- Replies that wait until the customer writes again, since the provider takes none outside its window.
--changeset switchboard:windows-held
create index reply_held on reply (tenant_id, conversation_id) where status = 'HELD';
