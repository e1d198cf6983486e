--liquibase formatted sql

-- What is edited stands on the bot, what is live in its version; versions are only ever added.
--changeset switchboard:bots-bot
create table bot (
  tenant_id          uuid not null references tenant (id),
  id                 uuid not null,
  name               text not null check (length(name) between 1 and 120),
  instructions       text not null,
  refusal            text not null,
  budget_spent       text not null,
  knowledge_bases    uuid[] not null,
  merge_wait_millis  integer not null check (merge_wait_millis between 0 and 30000),
  messages_per_minute  integer not null check (messages_per_minute between 1 and 1000),
  live_version       integer not null check (live_version >= 1),
  created_at         timestamptz not null,
  primary key (tenant_id, id)
);
select raise_tenant_wall('bot');

--changeset switchboard:bots-version
create table bot_version (
  tenant_id          uuid not null references tenant (id),
  id                 uuid not null,
  bot_id             uuid not null,
  number             integer not null check (number >= 1),
  instructions       text not null,
  refusal            text not null,
  budget_spent       text not null,
  knowledge_bases    uuid[] not null,
  merge_wait_millis  integer not null check (merge_wait_millis between 0 and 30000),
  messages_per_minute  integer not null check (messages_per_minute between 1 and 1000),
  published_at       timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, bot_id, number),
  foreign key (tenant_id, bot_id) references bot (tenant_id, id)
);
select raise_tenant_wall('bot_version');
