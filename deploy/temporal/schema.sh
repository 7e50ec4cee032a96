#!/bin/sh
# Brings Temporal's two schemas to this image's version; on a schema that is already there, both steps do nothing.
# The password is read from SQL_PASSWORD (deploy/env/temporal.env).
set -eu

for database in temporal temporal_visibility; do
    case $database in
        temporal) versions=temporal ;;
        *) versions=visibility ;;
    esac
    tool="temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database $database"
    $tool setup-schema --version 0.0
    $tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$versions/versioned"
done
