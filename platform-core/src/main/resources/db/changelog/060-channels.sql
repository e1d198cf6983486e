--liquibase formatted sql

--changeset switchboard:channels-channel
create table channel (
  tenant_id      uuid not null references tenant (id),
  id             uuid not null,
  provider       text not null,
  name           text not null check (length(name) between 1 and 120),
  bot_id         uuid not null,
  key            text not null,
  verify_token   text not null,
  settings       jsonb not null,
  status         text not null check (status in ('ACTIVE', 'STOPPED')),
  status_reason  text,
  created_at     timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, bot_id) references bot (tenant_id, id)
);
create index channel_bot on channel (tenant_id, bot_id);
select raise_tenant_wall('channel');

--changeset switchboard:channels-credential
create table channel_credential (
  tenant_id   uuid not null references tenant (id),
  channel_id  uuid not null,
  name        text not null,
  ciphertext  bytea not null,
  hint        text not null,
  primary key (tenant_id, channel_id, name),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
select raise_tenant_wall('channel_credential');

-- Which tenant a webhook's address belongs to, and who holds a number. A tenant adds routes of its own and reads none: so it can
-- neither look into the routing of others nor learn who holds a number that is taken. Routes go with their channel.
--changeset switchboard:channels-route
create table channel_route (
  key          text primary key,
  tenant_id    uuid not null references tenant (id),
  channel_id   uuid not null,
  provider     text not null,
  external_id  text,
  constraint channel_route_claim unique (provider, external_id),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
create index channel_route_channel on channel_route (tenant_id, channel_id);
alter table channel_route enable row level security;
alter table channel_route force row level security;
create policy own_routes on channel_route for insert to "${runtimeRole}"
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy all_routes on channel_route for select to "${systemRole}" using (true);
grant insert on channel_route to "${runtimeRole}";
grant select on channel_route to "${systemRole}";
