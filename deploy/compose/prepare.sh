#!/bin/sh
# Makes the secrets and a first configuration beside compose.yaml. What is there already is kept.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
for name in postgres_password coffer_app_password coffer_owner_password key_pepper grafana_password; do
  [ -s "secrets/$name" ] || random > "secrets/$name"
done
# A line of a key file is a name and 32 random bytes, as `coffer secrets new-key` makes it.
[ -s secrets/secrets_key ] || printf '%s:%s\n' "$(random | cut -c 1-8)" \
  "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')" > secrets/secrets_key
url() { printf 'postgres://%s:%s@postgres:5432/coffer' "$1" "$(cat "secrets/$1_password")"; }
[ -s secrets/database_url ] || url coffer_app > secrets/database_url
[ -s secrets/database_owner_url ] || url coffer_owner > secrets/database_owner_url
# The user of the image reads them: containers get the files of this folder with their own rights.
chmod 644 secrets/*
chmod 700 secrets
[ -s coffer.json ] || printf '{\n  "chains": []\n}\n' > coffer.json
[ -s .env ] || cp .env.example .env
echo 'secrets, coffer.json and .env are there; now name your host in .env and your chains in coffer.json'
