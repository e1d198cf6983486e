--liquibase formatted sql

-- What a bot says to messages without words, such as pictures; earlier bots get the default.
--changeset switchboard:unreadable-sentence
alter table bot add column unreadable text not null
  default 'Sorry, I cannot read that. Please write me your question as a text message.';
alter table bot_version add column unreadable text not null
  default 'Sorry, I cannot read that. Please write me your question as a text message.';
alter table bot alter column unreadable drop default;
alter table bot_version alter column unreadable drop default;
