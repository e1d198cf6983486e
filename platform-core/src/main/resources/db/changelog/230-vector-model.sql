--liquibase formatted sql

-- The embedding model whose vectors a tenant is searched with. After a change of the settings it stays the former one until every passage
-- has a vector of the next, which "texts" and "embedded" count meanwhile.
--changeset switchboard:vector-model
create table vector_model (
  tenant_id   uuid not null references tenant (id),
  model       text not null,
  dimension   integer not null check (dimension > 0),
  next_model  text,
  texts       bigint not null default 0,
  embedded    bigint not null default 0,
  primary key (tenant_id)
);
select raise_tenant_wall('vector_model');
select open_system_door('vector_model');
grant select (tenant_id, model, next_model, texts, embedded) on table vector_model to "${systemRole}";
