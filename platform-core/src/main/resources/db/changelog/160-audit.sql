--liquibase formatted sql

-- From where a deed was done, where that is known: the address, and what the client calls itself.
--changeset switchboard:audit-origin
alter table audit_entry add column address text, add column agent text;

-- What the program does by itself, such as stopping a channel that its provider refuses, is written down too.
--changeset switchboard:audit-system-actor
alter table audit_entry drop constraint audit_entry_actor_kind_check;
alter table audit_entry add constraint audit_entry_actor_kind_check check (actor_kind in ('PERSON', 'API_KEY', 'SYSTEM'));

--changeset switchboard:audit-search
create index audit_entry_actor on audit_entry (tenant_id, lower(actor), id);
create index audit_entry_object on audit_entry (tenant_id, object, id);

-- What operators do, which belongs to no tenant. Append-only as well.
--changeset switchboard:audit-operator-entry
create table operator_entry (
  id          uuid primary key,
  at          timestamptz not null,
  actor_kind  text not null check (actor_kind in ('PERSON', 'API_KEY', 'SYSTEM')),
  actor_id    uuid not null,
  actor       text not null,
  action      text not null,
  object      text not null,
  object_id   uuid,
  detail      text,
  address     text,
  agent       text
);
grant select, insert on operator_entry to "${systemRole}";
