#!/usr/bin/env bash
# Runs once, when the database container starts on an empty volume: a database whose owner is no superuser, so that the
# wall between tenants holds for it too.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$SWITCHBOARD_DB_PASSWORD" -U postgres <<'SQL'
create role switchboard_owner login createrole nosuperuser nobypassrls password :'password';
create database switchboard owner switchboard_owner;
\connect switchboard
create extension if not exists vector;
SQL
