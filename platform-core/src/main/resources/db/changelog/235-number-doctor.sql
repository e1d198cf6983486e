--liquibase formatted sql

-- The last examination of each channel. Without findings: one has begun for the first time.
--changeset switchboard:doctor-examination
create table channel_examination (
  tenant_id    uuid not null references tenant (id),
  channel_id   uuid not null,
  begun_at     timestamptz not null,
  examined_at  timestamptz,
  state        text check (state in ('OK', 'UNKNOWN', 'WARNING', 'FAILED')),
  findings     jsonb,
  primary key (tenant_id, channel_id),
  foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
);
select raise_tenant_wall('channel_examination');
