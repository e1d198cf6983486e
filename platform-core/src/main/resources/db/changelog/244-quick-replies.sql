--liquibase formatted sql

-- Short texts that a bot offers under a greeting and where it found nothing; earlier bots offer none.
--changeset switchboard:quick-replies-bot
alter table bot add column quick_replies text[] not null default '{}';
alter table bot_version add column quick_replies text[] not null default '{}';
alter table bot alter column quick_replies drop default;
alter table bot_version alter column quick_replies drop default;

-- What was offered under a reply, as an array of texts; null for one without.
--changeset switchboard:quick-replies-reply
alter table reply add column choices jsonb;
