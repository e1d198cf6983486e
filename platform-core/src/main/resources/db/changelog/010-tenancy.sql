--liquibase formatted sql

-- The wall around a tenant table: row-level security, forced on the owner too, one policy for the runtime role.
-- Every table with a tenant_id calls this once; the start-up check refuses one that did not.
--changeset switchboard:tenancy-wall splitStatements:false
create function raise_tenant_wall(tenant_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy tenant_wall on %s to "${runtimeRole}"
       using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
       with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', tenant_table);
  execute format('grant select, insert, update, delete on %s to "${runtimeRole}"', tenant_table);
end
$$;

-- Lets the system role see rows of every tenant; which columns, the grants beside each call say.
--changeset switchboard:tenancy-system-door splitStatements:false
create function open_system_door(tenant_table regclass) returns void language plpgsql as $$
begin
  execute format('create policy system_door on %s to "${systemRole}" using (true) with check (true)', tenant_table);
end
$$;

--changeset switchboard:tenancy-plan
create table plan (
  name               text primary key,
  answers_per_month  bigint check (answers_per_month >= 0),
  max_documents      bigint check (max_documents >= 0),
  max_storage_bytes  bigint check (max_storage_bytes >= 0)
);
insert into plan (name, answers_per_month, max_documents, max_storage_bytes) values
  ('trial', 100, 20, 104857600),
  ('standard', 5000, 1000, 10737418240),
  ('unlimited', null, null, null);
grant select on plan to "${runtimeRole}";
grant select, insert, update on plan to "${systemRole}";

--changeset switchboard:tenancy-tenant
create table tenant (
  id          uuid primary key,
  slug        text not null unique,
  name        text not null,
  plan        text not null references plan (name),
  status      text not null check (status in ('ACTIVE', 'SUSPENDED', 'ARCHIVED')),
  created_at  timestamptz not null default now()
);
alter table tenant enable row level security;
alter table tenant force row level security;
create policy own_row on tenant to "${runtimeRole}"
  using (id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy all_rows on tenant to "${systemRole}" using (true) with check (true);
grant select on tenant to "${runtimeRole}";
grant select, insert, update on tenant to "${systemRole}";
