#!/bin/bash
# SPDX-License-Identifier: MIT
# usage: cpp_project.sh BUILD_DIR
# What docs/cpp.md promises, on an installed cupel: a project with revisions in C++ is made, edited, built and run, on
# SQLite and, if CUPEL_TEST_POSTGRES_URL is set, on PostgreSQL; and the page's own code does the same.
set -euo pipefail
build=${CUPEL_INSTALL_FROM:-$1}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CUPEL_DATABASE_URL DATABASE_URL DATABASE_URL_DIRECT
cmake --install "$build" --prefix "$work/prefix" >/dev/null
cupel=$work/prefix/bin/cupel

fail() { printf 'cpp_project: %s\n' "$*" >&2; exit 1; }
# The expected exit code, a text that the output must hold, the command.
expect() {
  local code=0 output
  output=$("${@:3}" 2>&1) || code=$?
  [ "$code" = "$1" ] || fail "exit code $code instead of $1 from: ${*:3}"$'\n'"$output"
  [[ $output == *"$2"* ]] || fail "no '$2' in the output of: ${*:3}"$'\n'"$output"
}
# Puts statements into the two functions of a new revision.
edit() {
  awk -v up="$2" -v down="$3" '{print} /\(Operations& op\) \{$/ {print n++ ? down : up}' "$1" >"$work/edited"
  mv "$work/edited" "$1"
}
build_project() {
  cmake -S "$1" -B "$1/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" >/dev/null
  cmake --build "$1/build" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
}

# A database of our own on the test server, if there is one.
postgres=""
if [ -n "${CUPEL_TEST_POSTGRES_URL:-}" ] && command -v psql >/dev/null; then
  database=cupel_cpp_project_$$
  psql -qX "$CUPEL_TEST_POSTGRES_URL" -c "CREATE DATABASE $database TEMPLATE template0"
  trap 'cd /; rm -rf "$work"; psql -qX "$CUPEL_TEST_POSTGRES_URL" -c "DROP DATABASE $database WITH (FORCE)"' EXIT
  postgres=${CUPEL_TEST_POSTGRES_URL%/*}/$database
fi

# ---- a new project ----
mkdir "$work/shop" && cd "$work/shop"
"$cupel" -q init --template cpp db
"$cupel" -q revision --rev-id a1 -m 'create users'
"$cupel" -q revision --rev-id b2 -m 'say "hello" \ and add a phone'
edit db/versions/*_create_users.cpp \
  'op.create_table("users", {Column("id", Integer()).primary_key(), Column("name", Text()).server_default(text("0"))});' \
  'op.drop_table("users");'
edit db/versions/*_add_a_phone.cpp \
  'op.add_column("users", Column("phone", String(20)));' \
  'op.drop_column("users", "phone");'
expect 1 'is written in C++ and not linked into this program' "$cupel" upgrade head
build_project db
shop=db/build/db_migrate

run_project() {  # further arguments: --url
  expect 0 'a1 -> b2, say "hello" \ and add a phone' "$shop" "$@" upgrade head
  expect 0 'b2 (head)' "$shop" "$@" current
  expect 0 '' "$shop" "$@" upgrade head
  expect 0 'Running downgrade b2 -> a1' "$shop" "$@" downgrade -1
  expect 0 'a1' "$shop" "$@" current
  expect 0 'ALTER TABLE users ADD COLUMN phone VARCHAR(20);' "$shop" "$@" upgrade head --sql
  expect 0 'ALTER TABLE users DROP COLUMN phone;' "$shop" "$@" downgrade b2:a1 --sql
  expect 0 '' "$shop" "$@" downgrade base
}
run_project
if [ -n "$postgres" ]; then run_project --url "$postgres"; fi

# ---- edited after it was applied ----
"$shop" -q upgrade head
sed -i 's/^          op.add_column/  op.add_column/; s/^op.add_column/   op.add_column/' db/versions/*_add_a_phone.cpp
cmake --build db/build >/dev/null
expect 0 '' "$shop" upgrade head  # layout does not count
sed -i 's/String(20)/String(30)/' db/versions/*_add_a_phone.cpp
cmake --build db/build >/dev/null
expect 1 "it was edited since" "$shop" upgrade head
expect 0 '' "$shop" repair --accept
expect 0 '' "$shop" upgrade head

# ---- a third revision, under a name of its own and in another namespace, is found by the next build ----
sed 's/revision: b2/revision: c3/; s/down_revision: a1/down_revision: b2/; s/"b2"/"c3"/; s/{"a1"}/{"b2"}/
     s/extern const Revision revision_b2/const Revision add_fax/; s/namespace migrations/namespace mine::here/; s/phone/fax/g' \
  db/versions/*_add_a_phone.cpp >db/versions/add_fax.cpp
cmake --build db/build >/dev/null
expect 0 'c3 (head)' "$shop" heads
expect 0 'b2 -> c3' "$shop" upgrade head

# ---- the code of docs/cpp.md ----
mkdir -p "$work/guide/versions" && cd "$work/guide"
awk '/^<!-- file: / {path = $3; next} /^```/ {if (open) {close(path); path = ""} open = !open; next} open && path {print > path}' \
  "$root/docs/cpp.md"
build_project "$work/guide"
expect 0 $'1 of 2: create users\n2 of 2: add phone to users\nran 2 revisions\nup to date' build/service
expect 0 $'ran 0 revisions\nup to date' build/service
run_guide() {
  expect 0 '' build/guide_migrate --url "$1" upgrade head
  expect 0 'add phone to users' build/guide_migrate --url "$1" downgrade -1
  expect 0 '' build/guide_migrate --url "$1" upgrade head
  expect 0 'create users' build/guide_migrate --url "$1" downgrade base
  expect 0 'CREATE TABLE' build/guide_migrate --url "$1" upgrade head --sql
}
run_guide sqlite:///guide.db
if [ -n "$postgres" ]; then run_guide "$postgres"; fi
