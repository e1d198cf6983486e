--liquibase formatted sql

-- Every question asked outside a channel, for the sessions of the API and the playground, and of the channels those that the
-- documents did not answer.
--changeset switchboard:answering-asked-question
create table asked_question (
  tenant_id   uuid not null references tenant (id),
  id          uuid not null,
  key         text not null,
  bot_id      uuid not null,
  channel_id  uuid,
  session     text check (length(session) <= 100),
  question    text not null,
  answer      text not null,
  outcome     text not null check (outcome in ('ANSWERED', 'NO_ANSWER', 'REFUSED')),
  asked_at    timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, bot_id) references bot (tenant_id, id)
);
create index asked_question_by_session on asked_question (tenant_id, bot_id, session, id) where session is not null;
create index asked_question_unanswered on asked_question (tenant_id, id) where outcome = 'NO_ANSWER';
select raise_tenant_wall('asked_question');
