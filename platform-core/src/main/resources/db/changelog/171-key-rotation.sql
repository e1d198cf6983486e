--liquibase formatted sql

-- Which master key a tenant's key is wrapped with: a fingerprint, null where it was wrapped before there were any.
--changeset switchboard:key-rotation-wrapped-by
alter table tenant_keyset add column wrapped_by text;
select open_system_door('tenant_keyset');
grant select (tenant_id, wrapped_by) on tenant_keyset to "${systemRole}";
