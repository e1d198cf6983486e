--liquibase formatted sql

-- What the provider calls a template by where that is not its name: Twilio's content SID.
--changeset switchboard:twilio-templates-content
alter table message_template add column content_id text;

-- Twilio keeps texts too that nobody has submitted to WhatsApp.
--changeset switchboard:twilio-templates-unsubmitted
alter table message_template drop constraint message_template_status_check;
alter table message_template add constraint message_template_status_check
  check (status in ('APPROVED', 'UNSUBMITTED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED'));
