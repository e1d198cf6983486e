--liquibase formatted sql

-- How far ahead the sends of a number (a channel) or of a pair of number and customer (a conversation) are booked. All replicas read
-- and write it while they claim, so they keep to one rate together.
--changeset switchboard:pacing-send-pace
create table send_pace (
  tenant_id     uuid not null references tenant (id),
  subject_id    uuid not null,
  booked_until  timestamptz not null,
  primary key (tenant_id, subject_id)
) with (fillfactor = 70);
select raise_tenant_wall('send_pace');
select open_system_door('send_pace');
grant select, insert, update on send_pace to "${systemRole}";

-- The time at which a reply's number has room for it, once that is booked; the reply gives it up when it leaves.
--changeset switchboard:pacing-reply-slot
alter table reply add column slot_at timestamptz;
grant select (channel_id, slot_at), update (slot_at) on reply to "${systemRole}";

-- Claims go round the tenants, so what is due is kept by tenant.
--changeset switchboard:pacing-due-by-tenant
create index conversation_waiting on conversation (tenant_id, run_at) where run_at is not null;
drop index conversation_due;
create index reply_waiting on reply (tenant_id, next_at) where status = 'PENDING';
create index reply_unclear on reply (status, next_at) where status in ('SENDING', 'UNKNOWN');
drop index reply_due;
