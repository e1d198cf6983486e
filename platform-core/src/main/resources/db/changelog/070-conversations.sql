--liquibase formatted sql

--changeset switchboard:conversations-contact
create table contact (
  tenant_id      uuid not null references tenant (id),
  id             uuid not null,
  channel_id     uuid not null,
  user_key       text not null,
  reply_address  text not null,
  profile_name   text,
  created_at     timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, channel_id, user_key),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id)
);
select raise_tenant_wall('contact');

-- The row is the queue: what is to be done lies between done_seq and last_seq, and both writers of that fact, the webhook and
-- the completion of a turn, lock this row. There is no job row that could be missed.
--changeset switchboard:conversations-conversation
create table conversation (
  tenant_id        uuid not null references tenant (id),
  id               uuid not null,
  channel_id       uuid not null,
  contact_id       uuid not null,
  last_seq         bigint not null default 0,
  done_seq         bigint not null default 0 check (done_seq <= last_seq),
  run_at           timestamptz,
  waiting_since    timestamptz,
  lease_until      timestamptz,
  token            bigint not null default 0,
  head_attempts    int not null default 0,
  last_message_at  timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id),
  foreign key (tenant_id, contact_id) references contact (tenant_id, id)
);
create index conversation_due on conversation (run_at) where run_at is not null;
create index conversation_recent on conversation (tenant_id, last_message_at desc, id desc);
select raise_tenant_wall('conversation');
select open_system_door('conversation');
grant select (tenant_id, id, channel_id, last_seq, done_seq, run_at, lease_until, token, head_attempts) on conversation to "${systemRole}";
grant update (run_at, lease_until, token, head_attempts) on conversation to "${systemRole}";

-- What customers are told, and the outbox. A reply covers the inbox rows first_seq to last_seq.
--changeset switchboard:conversations-reply
create table reply (
  tenant_id            uuid not null references tenant (id),
  id                   uuid not null,
  conversation_id      uuid not null,
  channel_id           uuid not null,
  first_seq            bigint not null,
  last_seq             bigint not null check (last_seq >= first_seq),
  outcome              text not null,
  text                 text not null,
  citations            jsonb not null,
  model                text not null,
  input_tokens         bigint not null,
  output_tokens        bigint not null,
  retrieval_millis     bigint not null,
  generation_millis    bigint not null,
  created_at           timestamptz not null,
  status               text not null,
  attempts             int not null default 0,
  next_at              timestamptz,
  lease_until          timestamptz,
  token                bigint not null default 0,
  provider_message_id  text,
  sending_at           timestamptz,
  sent_at              timestamptz,
  delivered_at         timestamptz,
  read_at              timestamptz,
  failed_at            timestamptz,
  error_code           text,
  error_detail         text,
  discarded_at         timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, last_seq),
  unique (tenant_id, channel_id, provider_message_id),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id)
);
create index reply_due on reply (next_at) where next_at is not null;
create index reply_unsent on reply (tenant_id, conversation_id, last_seq) where status in ('PENDING', 'SENDING', 'UNKNOWN');
select raise_tenant_wall('reply');
select open_system_door('reply');
grant select (tenant_id, id, conversation_id, last_seq, status, attempts, next_at, lease_until, token) on reply to "${systemRole}";
grant update (status, attempts, next_at, lease_until, token, sending_at, failed_at, error_code, error_detail) on reply to "${systemRole}";

--changeset switchboard:conversations-inbox
create table inbox (
  tenant_id            uuid not null references tenant (id),
  id                   uuid not null,
  channel_id           uuid not null,
  conversation_id      uuid not null,
  seq                  bigint not null,
  provider_message_id  text not null,
  kind                 text not null,
  text                 text,
  sent_at              timestamptz not null,
  received_at          timestamptz not null,
  reply_id             uuid,
  skipped              text check (skipped in ('STALE', 'FLOOD')),
  raw                  text not null,
  primary key (tenant_id, id),
  unique (tenant_id, channel_id, provider_message_id),
  unique (tenant_id, conversation_id, seq),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id),
  foreign key (tenant_id, reply_id) references reply (tenant_id, id)
);
create index inbox_received on inbox (tenant_id, received_at);
select raise_tenant_wall('inbox');

-- What a tenant has decided about late messages and unclear sends; without a row the defaults hold.
--changeset switchboard:conversations-delivery-policy
create table delivery_policy (
  tenant_id               uuid not null references tenant (id),
  answer_within_minutes   int not null check (answer_within_minutes between 1 and 10080),
  repeat_unclear_sends    boolean not null,
  primary key (tenant_id)
);
select raise_tenant_wall('delivery_policy');
select open_system_door('delivery_policy');
grant select on delivery_policy to "${systemRole}";

-- Statuses that arrived before we knew the provider's id of the message they speak of.
--changeset switchboard:conversations-parked-status
create table parked_status (
  tenant_id            uuid not null references tenant (id),
  id                   uuid not null,
  channel_id           uuid not null,
  provider_message_id  text not null,
  state                text not null,
  at                   timestamptz not null,
  error_code           text,
  error_detail         text,
  primary key (tenant_id, id)
);
create index parked_status_message on parked_status (tenant_id, channel_id, provider_message_id);
select raise_tenant_wall('parked_status');
