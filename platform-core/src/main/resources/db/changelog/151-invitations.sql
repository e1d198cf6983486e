--liquibase formatted sql

-- Open invitations; one that was accepted or withdrawn is gone. Of the link's token only the hash is kept. The system role finds the
-- invitation that a link names; everything that follows happens inside its tenant.
--changeset switchboard:invitation
create table invitation (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null,
  email       text not null,
  role        text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'AGENT', 'ANALYST')),
  token_hash  bytea not null,
  invited_by  text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, email)
);
create index invitation_by_token on invitation (token_hash);
select raise_tenant_wall('invitation');
select open_system_door('invitation');
grant select (tenant_id, id, email, role, token_hash, expires_at) on invitation to "${systemRole}";

-- People belong to no tenant, and neither do their passwords. One open link for each; a new one replaces it.
--changeset switchboard:password-reset
create table password_reset (
  user_id     uuid primary key references app_user (id),
  token_hash  bytea not null unique,
  created_at  timestamptz not null,
  expires_at  timestamptz not null
);
grant select, insert, update, delete on password_reset to "${systemRole}";
