--liquibase formatted sql

-- People belong to the installation, not to a tenant: one may work for several. The runtime role sees the colleagues of its tenant only,
-- and of them neither password nor token version.
--changeset switchboard:access-user
create table app_user (
  id             uuid primary key,
  email          text not null unique,
  password_hash  text not null,
  name           text not null,
  operator       boolean not null default false,
  suspended      boolean not null default false,
  token_version  integer not null default 1,
  created_at     timestamptz not null default now()
);

--changeset switchboard:access-membership
create table membership (
  tenant_id   uuid not null references tenant (id),
  user_id     uuid not null references app_user (id),
  role        text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'AGENT', 'ANALYST')),
  created_at  timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index membership_by_user on membership (user_id);
select raise_tenant_wall('membership');
select open_system_door('membership');
grant select (tenant_id, user_id, role), insert (tenant_id, user_id, role) on membership to "${systemRole}";

--changeset switchboard:access-user-wall
alter table app_user enable row level security;
alter table app_user force row level security;
create policy colleagues on app_user for select to "${runtimeRole}"
  using (exists (select 1 from membership m where m.user_id = app_user.id));
create policy all_rows on app_user to "${systemRole}" using (true) with check (true);
grant select (id, email, name, operator, suspended) on app_user to "${runtimeRole}";
grant select, insert, update on app_user to "${systemRole}";

-- One row is one sign-in to the API. It keeps the hash of the refresh token that is current; presenting an earlier one ends the sign-in.
--changeset switchboard:access-api-session
create table api_session (
  id          uuid primary key,
  user_id     uuid not null references app_user (id),
  token_hash  bytea not null,
  expires_at  timestamptz not null,
  created_at  timestamptz not null default now()
);
create index api_session_by_user on api_session (user_id);
grant select, insert, update, delete on api_session to "${systemRole}";
