--liquibase formatted sql

-- Whether the customer got the choices of a reply with numbers before them. Of replies that are there already nobody knows: a number
-- counts as it did when they were sent.
--changeset switchboard:numbered-choices-reply
alter table reply add column choices_numbered boolean not null default true;
alter table reply alter column choices_numbered set default false;
