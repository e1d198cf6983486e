--liquibase formatted sql

-- Pages of web sites. A page is known by its address, and has no content before it was fetched for the first time.
--changeset switchboard:pages-document
alter table document
  add column url text check (length(url) <= 2000),
  drop constraint document_kind_check,
  drop constraint document_check,
  drop constraint document_check1,
  drop constraint document_check2,
  add constraint document_kind check (kind in ('FILE', 'FAQ', 'PAGE')),
  add constraint document_content check (kind = 'PAGE' or (content_id is null) = (kind = 'FAQ')),
  add constraint document_answer check ((answer is null) = (kind <> 'FAQ')),
  add constraint document_reason check ((reason is null) = (status <> 'FAILED')),
  add constraint document_url check ((url is null) = (kind <> 'PAGE'));
create unique index document_page on document (tenant_id, knowledge_base_id, url) where url is not null;
