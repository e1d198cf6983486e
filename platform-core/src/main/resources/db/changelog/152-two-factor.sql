--liquibase formatted sql

-- The installation's own data key, for secrets that belong to no tenant; encrypted as those of tenants are.
--changeset switchboard:secrets-installation-keyset
create table installation_keyset (
  id          smallint primary key check (id = 1),
  keyset      bytea not null,
  wrapped_by  text not null,
  created_at  timestamptz not null default now()
);
grant select, insert, update on installation_keyset to "${systemRole}";

-- The secret that a person's authenticator app shares with us. last_step is the time step of the last code that was accepted: neither it
-- nor an earlier one is accepted again.
--changeset switchboard:second-factor
create table second_factor (
  user_id       uuid primary key references app_user (id),
  secret        bytea not null,
  created_at    timestamptz not null,
  confirmed_at  timestamptz,
  last_step     bigint not null default 0
);
grant select, insert, update, delete on second_factor to "${systemRole}";

create table recovery_code (
  user_id  uuid not null references app_user (id),
  hash     bytea not null,
  primary key (user_id, hash)
);
grant select, insert, delete on recovery_code to "${systemRole}";

-- What a tenant asks of its people. No row: nothing.
--changeset switchboard:access-policy
create table access_policy (
  tenant_id               uuid primary key references tenant (id),
  second_factor_required  boolean not null
);
select raise_tenant_wall('access_policy');
select open_system_door('access_policy');
grant select on access_policy to "${systemRole}";
