#!/bin/sh
# Makes the two roles of Coffer when PostgreSQL starts for the first time: the owner of the tables, and the service's.
set -eu
psql --variable=ON_ERROR_STOP=1 --username=postgres --dbname=coffer \
  --variable=owner="$(cat /run/secrets/coffer_owner_password)" --variable=app="$(cat /run/secrets/coffer_app_password)" <<'SQL'
CREATE ROLE coffer_owner LOGIN PASSWORD :'owner';
CREATE ROLE coffer_app LOGIN PASSWORD :'app';
GRANT ALL ON SCHEMA public TO coffer_owner;
ALTER DATABASE coffer OWNER TO coffer_owner;
GRANT pg_monitor TO coffer_app;
SQL
