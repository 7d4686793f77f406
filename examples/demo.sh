#!/bin/bash
# SPDX-License-Identifier: MIT
# The main job in one minute, on a SQLite file in a temporary folder. Run by `./dev demo`.
# CUPEL_BINARY names the program; without it, build/release/cupel.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=${CUPEL_BINARY:-$root/build/release/cupel}
[ -x "$binary" ] || { echo "demo: no program at $binary; run ./dev build" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# The program is called by its name, and nothing of the caller's settings may change what is shown.
mkdir bin
ln -s "$binary" bin/cupel
PATH=$work/bin:$PATH
unset CUPEL_DATABASE_URL DATABASE_URL DATABASE_URL_DIRECT
mkdir shop
cd shop

bold='' plain=''
if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m'; fi

tell() { printf '\n%s# %s%s\n' "$bold" "$*" "$plain"; }
run() {
  printf '%s$ %s%s\n' "$bold" "$*" "$plain"
  eval "$@"
}

# Replaces the empty sections of the newest revision; in real life this is your editor.
write_revision() {  # name-part, SQL for upgrade, SQL for downgrade
  local file=(migrations/versions/*"$1"*.sql)
  [ -f "${file[0]}" ] || { echo "demo: no revision file with '$1' in its name" >&2; exit 1; }
  local header
  header=$(sed '/^-- cupel: upgrade/,$d' "${file[0]}")
  printf '%s\n\n-- cupel: upgrade\n%s\n\n-- cupel: downgrade\n%s\n' "$header" "$2" "$3" >"${file[0]}"
  run "cat ${file[0]}"
}

tell "A new project."
run cupel init migrations
run export CUPEL_DATABASE_URL=sqlite:///shop.db

tell "A first revision: a file with an upgrade and a downgrade section, in plain SQL."
run 'cupel revision -m "create users"'
write_revision create_users \
  "CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);" "DROP TABLE users;"

tell "A second one, on top of it."
run 'cupel revision -m "add phone to users"'
write_revision add_phone \
  "ALTER TABLE users ADD COLUMN phone VARCHAR(20);
CREATE INDEX ix_users_phone ON users (phone);" \
  "DROP INDEX ix_users_phone;
ALTER TABLE users DROP COLUMN phone;"

tell "Bring the database to the newest revision."
run cupel upgrade head
if command -v sqlite3 >/dev/null; then run "sqlite3 shop.db .schema"; fi

tell "Where are we, and how did we get here?"
run cupel current
run cupel history

tell "One step back, and forward again."
run cupel downgrade -1
run cupel current
run cupel upgrade head
run cupel current

tell "What would an empty database be sent? Exactly this; nothing is touched."
run "cupel upgrade head --sql"

tell "That is all: revisions, up, down, and the SQL in between. Next: README.md."
