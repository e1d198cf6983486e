--liquibase formatted sql

-- The search index where PostgreSQL is also the vector store. Run only where the extension is there. Everything in this schema is made
-- from the tables of the knowledge and can be dropped and made again. Rows refer to their tenant through "header" alone: a check for
-- each posting would cost more than writing it.
--changeset switchboard:chunk-index-schema
create schema chunk_index;
grant usage on schema chunk_index to "${runtimeRole}";

-- One row for each tenant that has an index. Whoever changes the index locks it first, so the counts below never miss a change.
--changeset switchboard:chunk-index-header
create table chunk_index.header (
  tenant_id    uuid primary key references tenant (id),
  model        text not null,
  next_number  integer not null default 1
);
select raise_tenant_wall('chunk_index.header');

-- A knowledge base with what BM25 wants to know of it. Numbers are the tenant's own; they keep the postings small.
--changeset switchboard:chunk-index-base
create table chunk_index.base (
  tenant_id          uuid not null,
  number             integer not null,
  knowledge_base_id  uuid not null,
  chunks             integer not null,
  worded             integer not null,
  words              bigint not null,
  primary key (tenant_id, number),
  unique (tenant_id, knowledge_base_id)
);
comment on column chunk_index.base.worded is 'chunks that have words';
select raise_tenant_wall('chunk_index.base');

--changeset switchboard:chunk-index-chunk
create table chunk_index.chunk (
  tenant_id    uuid not null,
  number       integer not null,
  id           uuid not null,
  document_id  uuid not null,
  base         integer not null,
  words        integer not null,
  primary key (tenant_id, number)
);
create index chunk_by_document on chunk_index.chunk (tenant_id, document_id);
select raise_tenant_wall('chunk_index.chunk');

-- Vectors of length 1, alone in their rows: beside a text, an exact search would be four times slower. The dimension is the model's.
--changeset switchboard:chunk-index-embedding
create table chunk_index.embedding (
  tenant_id  uuid not null,
  base       integer not null,
  chunk      integer not null,
  embedding  vector not null,
  primary key (tenant_id, base, chunk)
);
select raise_tenant_wall('chunk_index.embedding');

-- How many of the tenant's chunks have a word. Words are the first 64 bits of their SHA-256, whatever their length and script.
--changeset switchboard:chunk-index-term
create table chunk_index.term (
  tenant_id  uuid not null,
  term       bigint not null,
  chunks     integer not null,
  primary key (tenant_id, term)
);
select raise_tenant_wall('chunk_index.term');

-- Read backwards, the key gives the chunks in which a word stands most often, of those the short ones first.
--changeset switchboard:chunk-index-posting
create table chunk_index.posting (
  tenant_id  uuid not null,
  term       bigint not null,
  base       integer not null,
  chunk      integer not null,
  brevity    integer not null,
  frequency  smallint not null,
  primary key (tenant_id, base, term, frequency, brevity, chunk)
);
comment on column chunk_index.posting.brevity is 'minus the number of words in the chunk, as coarse as Lucene keeps it';
create index posting_by_chunk on chunk_index.posting (tenant_id, chunk);
select raise_tenant_wall('chunk_index.posting');
