--liquibase formatted sql

-- The message templates of each channel, as its provider told them last.
--changeset switchboard:templates-template
create table message_template (
  tenant_id   uuid not null references tenant (id),
  channel_id  uuid not null,
  name        text not null,
  language    text not null,
  category    text not null,
  status      text not null check (status in ('APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED')),
  header      text,
  body        text not null,
  footer      text,
  buttons     jsonb not null,
  obstacle    text,
  primary key (tenant_id, channel_id, name, language),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
select raise_tenant_wall('message_template');

-- When the provider was asked for them last. Without synced_at: it never answered; with a problem: it did not the last time.
--changeset switchboard:templates-sync
create table template_sync (
  tenant_id   uuid not null references tenant (id),
  channel_id  uuid not null,
  begun_at    timestamptz not null,
  synced_at   timestamptz,
  problem     text,
  primary key (tenant_id, channel_id),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
select raise_tenant_wall('template_sync');

-- The template that a reply is sent as, with its values; null for one that is sent as the text that it is.
--changeset switchboard:templates-reply
alter table reply add column template jsonb;

-- What the caller named the request that wrote a reply; null where it has no name. The same request writes once.
--changeset switchboard:templates-request
alter table reply add column request_id uuid;
create unique index reply_request on reply (tenant_id, conversation_id, request_id) where request_id is not null;
