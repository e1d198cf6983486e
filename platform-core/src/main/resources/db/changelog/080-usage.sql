--liquibase formatted sql

--changeset switchboard:usage-counter
-- Answers of a month that are used or reserved. Every answer of the tenant writes this row once, when it is reserved.
create table usage_counter (
  tenant_id  uuid not null references tenant (id),
  period     date not null,
  taken      bigint not null default 0 check (taken >= 0),
  primary key (tenant_id, period)
);
select raise_tenant_wall('usage_counter');

--changeset switchboard:usage-reservation
-- No foreign key to the counter: each insert would lock that busy row.
create table usage_reservation (
  tenant_id   uuid not null references tenant (id),
  key         text not null check (length(key) <= 100),
  period      date not null,
  state       text not null check (state in ('OPEN', 'SETTLED', 'RELEASED')),
  expires_at  timestamptz not null,
  primary key (tenant_id, key)
);
create index usage_reservation_open on usage_reservation (tenant_id, expires_at) where state = 'OPEN';
select raise_tenant_wall('usage_reservation');

--changeset switchboard:usage-ledger
create table usage_ledger (
  tenant_id        uuid not null,
  id               uuid not null,
  reservation_key  text not null,
  at               timestamptz not null,
  bot_id           uuid not null,
  channel_id       uuid,
  outcome          text not null,
  model            text not null,
  input_tokens     bigint not null check (input_tokens >= 0),
  output_tokens    bigint not null check (output_tokens >= 0),
  estimated        boolean not null,
  primary key (tenant_id, id),
  unique (tenant_id, reservation_key),
  foreign key (tenant_id, reservation_key) references usage_reservation (tenant_id, key)
);
create index usage_ledger_day on usage_ledger (tenant_id, at);
select raise_tenant_wall('usage_ledger');
