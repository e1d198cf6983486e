--liquibase formatted sql

-- The file that a person sent with a reply; it goes with the reply. Its content is compressed already.
--changeset switchboard:reply-files
create table reply_file (
  tenant_id   uuid not null references tenant (id),
  reply_id    uuid not null,
  name        text not null,
  media_type  text not null,
  size        int not null check (size between 1 and 10000000),
  sha256      text not null,
  content     bytea not null check (octet_length(content) = size),
  primary key (tenant_id, reply_id),
  foreign key (tenant_id, reply_id) references reply (tenant_id, id) on delete cascade
);
alter table reply_file alter column content set storage external;
select raise_tenant_wall('reply_file');
