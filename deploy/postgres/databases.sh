#!/bin/sh
# Run once by the postgres image, on an empty volume: one role per owner, so that neither the engine nor the worker is a
# superuser, and neither can read the other's database. btree_gin, which Temporal's schema wants, may be made by an owner.
set -eu

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set temporal="$TEMPORAL_PASSWORD" --set dondoc="$DONDOC_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal';
CREATE ROLE dondoc LOGIN PASSWORD :'dondoc';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE DATABASE dondoc OWNER dondoc;
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, dondoc FROM PUBLIC;
SQL
