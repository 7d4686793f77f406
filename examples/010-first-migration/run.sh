#!/bin/bash
# SPDX-License-Identifier: MIT
# Two revisions in plain SQL, forwards and backwards. Run it where `cupel` is on the PATH, or name the program in
# CUPEL_BINARY. Works on a copy, so that the folder stays as it is.
set -euo pipefail
cupel=${CUPEL_BINARY:-cupel}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$(dirname "${BASH_SOURCE[0]}")"/{cupel.toml,migrations} "$work"
cd "$work"
unset CUPEL_DATABASE_URL DATABASE_URL DATABASE_URL_DIRECT  # the URL is the one in cupel.toml

expect() {  # what `cupel current` shall print
  local at
  at=$("$cupel" current)
  [ "$at" = "$1" ] || { echo "expected '$1', the database is at '$at'" >&2; exit 1; }
}

"$cupel" history             # what there is
"$cupel" upgrade head        # runs both
expect "b2d4f6081a3c (head)"
"$cupel" upgrade head        # nothing to do
"$cupel" downgrade -1        # undoes the second
expect "a1c3e5f70911"
"$cupel" upgrade head --sql  # what a new database would be sent
