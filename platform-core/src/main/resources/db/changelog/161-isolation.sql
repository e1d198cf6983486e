--liquibase formatted sql

-- Results of the isolation check. They belong to the installation, and are only ever added.
--changeset switchboard:isolation-check
create table isolation_check (
  id              uuid primary key,
  at              timestamptz not null,
  actor           text not null,
  endpoints       integer not null,
  tables          integer not null,
  attempts        integer not null,
  leaks           text[] not null,
  duration_millis bigint not null
);
grant select, insert on isolation_check to "${systemRole}";
