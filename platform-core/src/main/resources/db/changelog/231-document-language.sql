--liquibase formatted sql

-- What language a document is in, where its text says so for certain; else it counts as being in its knowledge base's.
--changeset switchboard:document-language
alter table document add column language text;
create index document_language on document (tenant_id, knowledge_base_id, language);
