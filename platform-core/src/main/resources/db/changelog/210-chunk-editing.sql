--liquibase formatted sql

-- What people changed in the passages of a document. A passage that was changed keeps what the document says beside it, so that it is
-- recognised when the document is read again.
--changeset switchboard:chunk-editing
alter table chunk
  add column origin text not null default 'DOCUMENT' constraint chunk_origin check (origin in ('DOCUMENT', 'HAND')),
  add column enabled boolean not null default true,
  add column original_text text,
  add column original_hash text,
  add column conflict text constraint chunk_conflict check (conflict in ('CHANGED', 'VANISHED')),
  add column proposed_text text,
  add column proposed_hash text,
  add column proposed_heading_path text[],
  add column revision integer not null default 1,
  add column edited_at timestamptz,
  add constraint chunk_original check ((original_text is null) = (original_hash is null)),
  add constraint chunk_proposal check (
    (conflict is not distinct from 'CHANGED') = (proposed_text is not null)
    and (proposed_text is null) = (proposed_hash is null)
    and (proposed_text is null) = (proposed_heading_path is null));
create index chunk_by_original_hash on chunk (tenant_id, original_hash) where original_hash is not null;
create index chunk_by_proposed_hash on chunk (tenant_id, proposed_hash) where proposed_hash is not null;
create index chunk_in_conflict on chunk (tenant_id, document_id) where conflict is not null;

-- How often passages of a document were changed by hand, and up to which of these changes the index has them.
--changeset switchboard:document-edits
alter table document
  add column edits integer not null default 0,
  add column edits_indexed integer not null default 0;
