--liquibase formatted sql

-- What a bot says when it cannot answer at all, and to a customer who writes too much; earlier bots get what they said until now.
--changeset switchboard:bot-sentences
alter table bot
  add column outage text not null
    default 'Sorry, I cannot answer at the moment. Your message is safe, and a colleague will look at it.',
  add column flood text not null
    default 'That is a lot of messages at once. Please give me a minute; everything you wrote is kept.';
alter table bot_version
  add column outage text not null
    default 'Sorry, I cannot answer at the moment. Your message is safe, and a colleague will look at it.',
  add column flood text not null
    default 'That is a lot of messages at once. Please give me a minute; everything you wrote is kept.';
alter table bot alter column outage drop default, alter column flood drop default;
alter table bot_version alter column outage drop default, alter column flood drop default;
