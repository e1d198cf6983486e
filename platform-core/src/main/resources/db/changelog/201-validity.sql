--liquibase formatted sql

-- Who answers for a document, and until when it holds. What holds no longer is in no answer.
--changeset switchboard:validity-document
alter table document
  add column owner text check (length(owner) between 1 and 120),
  add column valid_until timestamptz;
create index document_valid_until on document (tenant_id, knowledge_base_id, valid_until) where valid_until is not null;
