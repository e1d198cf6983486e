--liquibase formatted sql

-- Under which ids a customer is known on a channel. A customer may be met by phone first and by user id later; whichever id a message
-- brings leads to the same contact. The contact's user_key is only what people are shown where there is no name.
--changeset switchboard:customer-ids-alias
create table contact_alias (
  tenant_id   uuid not null,
  channel_id  uuid not null,
  kind        text not null check (kind in ('PHONE', 'USER_ID', 'LID', 'OTHER')),
  value       text not null,
  contact_id  uuid not null,
  primary key (tenant_id, channel_id, kind, value),
  foreign key (tenant_id, contact_id) references contact (tenant_id, id) on delete cascade
);
create index contact_alias_contact on contact_alias (tenant_id, contact_id);
alter table contact no force row level security;
alter table channel no force row level security;
insert into contact_alias (tenant_id, channel_id, kind, value, contact_id)
select c.tenant_id, c.channel_id,
       case when h.provider not in ('META', 'TWILIO') then 'OTHER'
            when c.user_key ~ '^(whatsapp:)?[A-Z]{2}\.' then 'USER_ID'
            else 'PHONE' end,
       c.user_key, c.id
  from contact c join channel h on h.tenant_id = c.tenant_id and h.id = c.channel_id;
alter table contact force row level security;
alter table channel force row level security;
select raise_tenant_wall('contact_alias');
alter table contact drop constraint contact_tenant_id_channel_id_user_key_key;

-- What else a message says: which one it speaks of, which button it taps, what it carries; and what the customer changed afterwards.
--changeset switchboard:customer-ids-inbox
alter table inbox
  add column refers_to text,
  add column choice_id text,
  add column media jsonb,
  add column edited_at timestamptz,
  add column revoked_at timestamptz;
create index inbox_alteration on inbox (tenant_id, channel_id, refers_to) where kind in ('EDIT', 'REVOKE');

-- When the customer wrote last, by the provider's clock: providers count the time in which we may answer freely from it.
--changeset switchboard:customer-ids-window
alter table conversation add column customer_wrote_at timestamptz;
alter table conversation no force row level security;
alter table inbox no force row level security;
update conversation v
   set customer_wrote_at = (select max(least(i.sent_at, i.received_at)) from inbox i
                             where i.tenant_id = v.tenant_id and i.conversation_id = v.id and i.kind <> 'SYSTEM');
alter table conversation force row level security;
alter table inbox force row level security;
