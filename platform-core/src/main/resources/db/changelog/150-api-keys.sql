--liquibase formatted sql

-- Keys by which programs act for a tenant. Of a key only its first characters and its hash are kept. The system role finds the key that a
-- request carries; everything else about keys is the tenant's own business. A key that is revoked keeps its row, as the audit names it.
--changeset switchboard:api-key
create table api_key (
  tenant_id     uuid not null references tenant (id),
  id            uuid not null,
  name          text not null,
  role          text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'AGENT', 'ANALYST')),
  prefix        text not null,
  hash          bytea not null,
  created_by    text not null,
  created_at    timestamptz not null,
  expires_at    timestamptz,
  last_used_at  timestamptz,
  revoked_at    timestamptz,
  primary key (tenant_id, id)
);
create index api_key_by_prefix on api_key (prefix);
select raise_tenant_wall('api_key');
select open_system_door('api_key');
grant select (tenant_id, id, name, role, prefix, hash, expires_at, last_used_at, revoked_at), update (last_used_at)
  on api_key to "${systemRole}";

-- Not every deed is a person's.
--changeset switchboard:audit-actor-kind
alter table audit_entry add column actor_kind text not null default 'PERSON' check (actor_kind in ('PERSON', 'API_KEY'));
alter table audit_entry alter column actor_kind drop default;
