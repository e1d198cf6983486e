--liquibase formatted sql

-- The data key of a tenant, encrypted with a key derived from the installation's master key.
--changeset switchboard:secrets-tenant-keyset
create table tenant_keyset (
  tenant_id   uuid primary key references tenant (id),
  keyset      bytea not null,
  created_at  timestamptz not null default now()
);
select raise_tenant_wall('tenant_keyset');
