--liquibase formatted sql

-- How long a tenant keeps what; null keeps it. The sweeper finds the tenants that have said so.
--changeset switchboard:privacy-retention
create table retention_policy (
  tenant_id      uuid not null references tenant (id),
  messages_days  int check (messages_days between 7 and 3650),
  records_days   int check (records_days between 1 and 3650),
  primary key (tenant_id)
);
select raise_tenant_wall('retention_policy');
select open_system_door('retention_policy');
grant select on retention_policy to "${systemRole}";

-- What was erased, for whoever has to show it: counts and places, nothing of what was in them.
--changeset switchboard:privacy-receipt
create table erasure_receipt (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null,
  at          timestamptz not null,
  actor       text not null,
  subject     text not null check (subject in ('PERSON', 'TENANT')),
  subject_id  uuid not null,
  removed     jsonb not null,
  primary key (tenant_id, id)
);
select raise_tenant_wall('erasure_receipt');

-- A tenant that is being erased stays as an empty shell, so that nobody gets its id again. Only then may its audit go.
--changeset switchboard:privacy-tenant
alter table tenant add column erased_at timestamptz;
select open_system_door('audit_entry');
grant select (tenant_id), delete on audit_entry to "${systemRole}";
create policy kept_until_erased on audit_entry as restrictive for delete to "${systemRole}"
  using (exists (select 1 from tenant t where t.id = audit_entry.tenant_id and t.erased_at is not null));
