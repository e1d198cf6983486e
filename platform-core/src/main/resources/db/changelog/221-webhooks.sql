--liquibase formatted sql

-- One address for all numbers of an app: Meta proves at its handshake that it knows the verify token of one of them. The routing finds
-- the channel by a digest of the token, so that it still sees no token.
--changeset switchboard:webhooks-token
alter table channel_route add column token_hash bytea;
alter table channel no force row level security;
alter table channel_route no force row level security;
update channel_route r set token_hash = sha256(convert_to(c.verify_token, 'UTF8'))
  from channel c where c.tenant_id = r.tenant_id and c.id = r.channel_id;
alter table channel force row level security;
alter table channel_route force row level security;
create index channel_route_token on channel_route (provider, token_hash);

-- What came to a channel's webhook and what became of it: times, kinds and counts, never a word of it.
--changeset switchboard:webhooks-log
create table webhook_delivery (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null,
  channel_id  uuid not null,
  at          timestamptz not null,
  outcome     text not null check (outcome in ('STORED', 'NOTHING', 'REFUSED', 'FAILED')),
  kinds       text not null,
  messages    int not null,
  statuses    int not null,
  ignored     int not null,
  broken      int not null,
  bytes       int not null,
  millis      int not null,
  error       text,
  primary key (tenant_id, id),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
create index webhook_delivery_channel on webhook_delivery (tenant_id, channel_id, id desc);
create index webhook_delivery_at on webhook_delivery (at);
select raise_tenant_wall('webhook_delivery');
select open_system_door('webhook_delivery');
grant select (tenant_id, id, at), delete on webhook_delivery to "${systemRole}";
