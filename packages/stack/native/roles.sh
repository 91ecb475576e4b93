#!/bin/sh
# What src/stores/postgres/roles.ts does, for a database of docker-compose.yml that the stack package does not look after.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner_password="$DATABASE_OWNER_PASSWORD" --set=app_password="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE colloquy_owner LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION CREATEROLE PASSWORD :'owner_password';
CREATE ROLE colloquy_app LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE PASSWORD :'app_password';
GRANT pg_read_all_stats TO colloquy_owner;
CREATE DATABASE colloquy OWNER colloquy_owner;
REVOKE ALL ON DATABASE colloquy FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE colloquy TO colloquy_app;
\connect template1
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
\connect colloquy
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
