--liquibase formatted sql

-- How each embedding model's cosines are read, measured once when a model is first used; of the installation, not of a tenant.
--changeset switchboard:similarity-scale
create table similarity_scale (
  model        text primary key,
  unrelated    double precision not null,
  matching     double precision not null,
  measured_at  timestamptz not null,
  check (matching > unrelated)
);
grant select, insert on similarity_scale to "${systemRole}";
