#!/usr/bin/env bash
# Run once by the postgres image on an empty data folder: makes the portal's database and its owner.
set -euo pipefail
OWNER_PASSWORD="$(cat /run/secrets/owner_password)"
export OWNER_PASSWORD DATABASE=portal
psql -X -q -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --file /portal/owner.sql
