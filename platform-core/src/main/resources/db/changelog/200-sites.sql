--liquibase formatted sql

-- Web sites as sources of documents. A run reads a site once; what it has still to look at stands in site_page, so that a run goes on
-- where a crash has left it.
--changeset switchboard:sites-site
create table site (
  tenant_id          uuid not null references tenant (id),
  id                 uuid not null,
  knowledge_base_id  uuid not null,
  kind               text not null check (kind in ('SITEMAP', 'CRAWL')),
  address            text not null check (length(address) <= 2000),
  max_depth          integer not null check (max_depth between 0 and 20),
  max_pages          integer not null check (max_pages between 1 and 10000),
  includes           text[] not null,
  excludes           text[] not null,
  refresh_hours      integer check (refresh_hours between 1 and 8760),
  state              text not null check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED', 'REMOVING')),
  run                integer not null,
  checked            integer not null default 0,
  changed            integer not null default 0,
  failed             integer not null default 0,
  removed            integer not null default 0,
  problem            text,
  next_run_at        timestamptz,
  started_at         timestamptz,
  ended_at           timestamptz,
  created_at         timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, knowledge_base_id, address),
  foreign key (tenant_id, knowledge_base_id) references knowledge_base (tenant_id, id) on delete cascade
);
select raise_tenant_wall('site');

-- Documents of a site. Bytes that a run has fetched already are those of the version that fetched_version names.
--changeset switchboard:sites-document
alter table document
  add column site_id uuid,
  add column fetched_version integer,
  add constraint document_site foreign key (tenant_id, site_id) references site (tenant_id, id);
create index document_by_site on document (tenant_id, site_id) where site_id is not null;

--changeset switchboard:sites-page
create table site_page (
  tenant_id      uuid not null references tenant (id),
  id             uuid not null,
  site_id        uuid not null,
  url            text not null check (length(url) <= 2000),
  role           text not null check (role in ('SITEMAP', 'PAGE')),
  depth          integer not null,
  document_id    uuid,
  seen_run       integer not null,
  done_run       integer not null default 0,
  attempts       integer not null default 0,
  missed         integer not null default 0,
  outcome        text check (outcome in ('CHANGED', 'SAME', 'SKIPPED', 'GONE', 'FAILED')),
  etag           text,
  last_modified  text,
  fingerprint    text,
  links          text[] not null default '{}',
  primary key (tenant_id, id),
  unique (tenant_id, site_id, url),
  foreign key (tenant_id, site_id) references site (tenant_id, id) on delete cascade,
  foreign key (tenant_id, document_id) references document (tenant_id, id) on delete set null (document_id)
);
create index site_page_waiting on site_page (tenant_id, site_id, role desc, depth, id) where done_run < seen_run;
create index site_page_document on site_page (tenant_id, document_id);
select raise_tenant_wall('site_page');
