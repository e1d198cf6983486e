--liquibase formatted sql

-- A foreign key to the tenant locks that one row for every message of all its customers, and PostgreSQL has to note each of the holders.
-- These tables lead to the tenant through rows that belong to it anyway: a contact through its channel, the others through the contact.
--changeset switchboard:hot-rows-tenant
alter table contact drop constraint contact_tenant_id_fkey;
alter table conversation drop constraint conversation_tenant_id_fkey;
alter table inbox drop constraint inbox_tenant_id_fkey;
alter table reply drop constraint reply_tenant_id_fkey;

-- Room for a claim to change the row where it stands, without a new entry in every index.
--changeset switchboard:hot-rows-room
alter table conversation set (fillfactor = 80);
