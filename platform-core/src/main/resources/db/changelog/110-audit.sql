--liquibase formatted sql

-- Append-only: the runtime role may add and read, nobody but the owner of the schema may change.
--changeset switchboard:audit-entry
create table audit_entry (
  tenant_id  uuid not null references tenant (id),
  id         uuid not null,
  at         timestamptz not null,
  actor_id   uuid not null,
  actor      text not null,
  action     text not null,
  object     text not null,
  object_id  uuid not null,
  detail     text,
  primary key (tenant_id, id)
);
create index audit_entry_time on audit_entry (tenant_id, at);
select raise_tenant_wall('audit_entry');
revoke update, delete on audit_entry from "${runtimeRole}";
