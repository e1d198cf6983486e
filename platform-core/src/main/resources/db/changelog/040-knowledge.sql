--liquibase formatted sql

--changeset switchboard:knowledge-base
create table knowledge_base (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null,
  name        text not null,
  language    text not null,
  created_at  timestamptz not null,
  primary key (tenant_id, id)
);
select raise_tenant_wall('knowledge_base');

--changeset switchboard:knowledge-document
create table document (
  tenant_id          uuid not null references tenant (id),
  id                 uuid not null,
  knowledge_base_id  uuid not null,
  kind               text not null check (kind in ('FILE', 'FAQ')),
  name               text not null,
  media_type         text not null,
  size_bytes         bigint not null check (size_bytes >= 0),
  sha256             text not null,
  content_id         uuid check ((content_id is null) = (kind = 'FAQ')),
  answer             text check ((answer is null) = (kind <> 'FAQ')),
  status             text not null check (status in ('PENDING', 'PROCESSING', 'READY', 'FAILED')),
  reason             text check ((reason is null) = (status <> 'FAILED')),
  progress           double precision not null default 0 check (progress between 0 and 1),
  chunks             integer not null default 0,
  version            integer not null default 1,
  created_at         timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, knowledge_base_id) references knowledge_base (tenant_id, id) on delete cascade
);
create index document_by_knowledge_base on document (tenant_id, knowledge_base_id, id);
-- The same content twice in one knowledge base is one document. Empty files say nothing, so each is its own.
create unique index document_content on document (tenant_id, knowledge_base_id, sha256) where size_bytes > 0;
select raise_tenant_wall('document');

--changeset switchboard:knowledge-chunk
create table chunk (
  tenant_id          uuid not null references tenant (id),
  id                 uuid not null,
  document_id        uuid not null,
  knowledge_base_id  uuid not null,
  ordinal            integer not null,
  heading_path       text[] not null,
  text               text not null,
  tokens             integer not null,
  text_hash          text not null,
  primary key (tenant_id, id),
  unique (tenant_id, document_id, ordinal),
  foreign key (tenant_id, document_id) references document (tenant_id, id) on delete cascade
);
create index chunk_by_text_hash on chunk (tenant_id, text_hash);
select raise_tenant_wall('chunk');

-- One row for each distinct text of a tenant, so that no text is embedded twice. The vector is little-endian 32-bit floats:
-- any index can be rebuilt from here, with an extension for vectors or without.
--changeset switchboard:knowledge-embedding
create table embedding (
  tenant_id  uuid not null references tenant (id),
  model      text not null,
  text_hash  text not null,
  vector     bytea not null,
  primary key (tenant_id, model, text_hash)
);
alter table embedding alter column vector set storage external;
select raise_tenant_wall('embedding');
