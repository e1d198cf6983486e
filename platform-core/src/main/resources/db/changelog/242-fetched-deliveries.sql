--liquibase formatted sql

-- What had to be fetched stands beside what was delivered: a provider that delivers nothing any more is found by it.
--changeset switchboard:fetched-deliveries
alter table webhook_delivery drop constraint webhook_delivery_outcome_check;
alter table webhook_delivery add constraint webhook_delivery_outcome_check
  check (outcome in ('STORED', 'NOTHING', 'REFUSED', 'FAILED', 'FETCHED'));
