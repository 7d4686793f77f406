#!/bin/bash
# SPDX-License-Identifier: MIT
# usage: cpp_models.sh BUILD_DIR
# The C++ door of autogenerate, on an installed cupel: models in a header, revisions written from them, built into the
# project's program and run, on SQLite and, if CUPEL_TEST_POSTGRES_URL is set, on PostgreSQL.
set -euo pipefail
build=${CUPEL_INSTALL_FROM:-$1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CUPEL_DATABASE_URL DATABASE_URL DATABASE_URL_DIRECT
cmake --install "$build" --prefix "$work/prefix" >/dev/null

fail() { printf 'cpp_models: %s\n' "$*" >&2; exit 1; }
# The expected exit code, a text that the output must hold, the command.
expect() {
  local code=0 output
  output=$("${@:3}" 2>&1) || code=$?
  [ "$code" = "$1" ] || fail "exit code $code instead of $1 from: ${*:3}"$'\n'"$output"
  [[ $output == *"$2"* ]] || fail "no '$2' in the output of: ${*:3}"$'\n'"$output"
}
rebuild() { cmake --build db/build >"$work/log" 2>&1 || fail "$(cat "$work/log")"; }
# The body of declare() in models.hpp.
models() {
  cat >db/models.hpp <<END
#pragma once
#include <cupel/cupel.hpp>
namespace models {
using namespace cupel;
inline void declare([[maybe_unused]] model::Schema& schema) {
$1
}
}  // namespace models
END
  rebuild
}
users='schema.tables.push_back(model::make_table("users", {Column("id", Integer()).primary_key(),
    Column("name", String(50)).not_null()}));'
people='schema.tables.push_back(model::make_table("users", {Column("id", Integer()).primary_key(),
    Column("full_name", String(50)).not_null(), Column("phone", String(20)).not_null()}));
schema.tables.push_back(model::make_table("orders", {Column("id", Integer()).primary_key(),
    Column("user_id", Integer()).not_null().references("users.id").index()}));'

# SQL on the database of the story.
sql() {
  if [ $# = 1 ]; then sqlite3 "$(find . -name app.db)" "$1"; else psql -qX "$2" -c "$3"; fi
}
run_story() {  # further arguments: --url URL
  rm -f db/versions/*.cpp
  models "$users"
  expect 0 "Detected added table 'users'" "$shop" "$@" revision --autogenerate --rev-id a1 -m 'create users'
  grep -q 'declared in models.hpp: table' db/versions/*_create_users.cpp || fail "who declared it is not said"
  rebuild
  expect 0 'create users' "$shop" "$@" upgrade head
  expect 0 'No new upgrade operations detected.' "$shop" "$@" check
  models "$people"
  expect 3 "Detected added table 'orders'" "$shop" "$@" check
  expect 3 '--fill users.phone=' "$shop" "$@" revision --autogenerate -m 'add orders' --rename users.name=full_name
  expect 0 '' "$shop" "$@" revision --autogenerate --rev-id b2 -m 'add orders' --rename users.name=full_name --fill "users.phone='none'"
  rebuild
  expect 3 "_add_orders.cpp:20: error BC002: " "$shop" "$@" lint
  expect 0 'add orders' "$shop" "$@" upgrade head
  expect 0 'No new upgrade operations detected.' "$shop" "$@" check
  expect 0 'schema    b2' "$shop" "$@" doctor
  expect 0 '' "$shop" "$@" downgrade -1
  expect 0 'schema    a1' "$shop" "$@" doctor
  expect 0 '' "$shop" "$@" upgrade head
  sql "$@" "INSERT INTO users VALUES (1, 'ann', '12')"
  models ''
  expect 0 'which destroys data' "$shop" "$@" revision --autogenerate --rev-id c3 -m 'drop everything'
  expect 0 '.allows = {"DS001"}' cat db/versions/*_drop_everything.cpp
  rebuild
  expect 1 "drops table 'users', and 1 row with it (DS001)" "$shop" "$@" upgrade head
  expect 0 '' "$shop" "$@" upgrade head --allow-destructive
  expect 0 'No new upgrade operations detected.' "$shop" "$@" check
  expect 0 '' "$shop" "$@" downgrade base --allow-destructive
}

# Lint knows where compiled calls stand, and writes what is safe there. After run_story().
fix_story() {
  rm -f db/versions/*.cpp
  models "$users"
  expect 0 '' "$shop" "$@" revision --autogenerate --rev-id a1 -m 'create users'
  rebuild
  expect 0 '' "$shop" "$@" upgrade head
  cat >db/versions/b2.cpp <<'END'
// revision: b2
// down_revision: a1
// message: find users by name
#include <cupel/cupel.hpp>
namespace migrations {
using namespace cupel;
extern const Revision find_users{
    .id = "b2",
    .down_revision = {"a1"},
    .message = "find users by name",
    .upgrade =
        [](Operations& op) {
          // by what they are called
          op.create_index("ix_users_name", "users", {"name"});
          op.create_check_constraint("ck_users_name", "users", "name <> ''");
          for (const char* column : {"id", "name"})
            op.create_index(std::string("ix_") + column, "users", {column}, {.unique = true});
          op.execute("CREATE INDEX ix_lower ON users (lower(name))");
        },
    .downgrade =
        [](Operations& op) {
          for (const char* name : {"ix_lower", "ix_name", "ix_id", "ix_users_name"}) op.drop_index(name);
          op.drop_constraint("ck_users_name", "users", {.type = "check"});
        },
};
}  // namespace migrations
END
  rebuild
  expect 3 'db/versions/b2.cpp:14: error LK001: ' "$shop" "$@" lint --offline b2:b2
  expect 3 'db/versions/b2.cpp:18: error LK001: ' "$shop" "$@" lint --offline b2:b2
  expect 3 'build the program again' "$shop" "$@" lint --offline b2:b2 --fix
  grep -q '  op.create_index("ix_users_name", "users", {"name"}, {.concurrently = true});' db/versions/b2.cpp || fail "$(cat db/versions/b2.cpp)"
  grep -q 'op.execute("ALTER TABLE users VALIDATE CONSTRAINT ck_users_name");' db/versions/b2.cpp || fail "$(cat db/versions/b2.cpp)"
  grep -q 'op.create_index("ix_lower", "users", .*concurrently' db/versions/b2.cpp || fail "$(cat db/versions/b2.cpp)"
  cp db/versions/b2.cpp fixed.cpp
  # What was built from another text is not written over.
  expect 3 'left to you: it is not written as cupel would write what was run' "$shop" "$@" lint --offline b2:b2 --fix
  cmp db/versions/b2.cpp fixed.cpp
  rebuild
  expect 3 '0 step(s) rewritten, 2 to be rewritten by hand' "$shop" "$@" lint --offline b2:b2 --fix
  expect 3 'left to you: its line does more than this' "$shop" "$@" lint --offline b2:b2 --fix
  expect 0 '' "$shop" "$@" upgrade head
  expect 0 '' "$shop" "$@" downgrade a1
}

mkdir "$work/shop" && cd "$work/shop"
"$work/prefix/bin/cupel" -q init --template cpp db
cmake -S db -B db/build -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" >/dev/null
rebuild  # as it was made
shop=db/build/db_migrate
run_story
if [ -n "${CUPEL_TEST_POSTGRES_URL:-}" ] && command -v psql >/dev/null; then
  database=cupel_cpp_models_$$
  psql -qX "$CUPEL_TEST_POSTGRES_URL" -c "CREATE DATABASE $database TEMPLATE template0"
  trap 'cd /; rm -rf "$work"; psql -qX "$CUPEL_TEST_POSTGRES_URL" -c "DROP DATABASE $database WITH (FORCE)"' EXIT
  run_story --url "${CUPEL_TEST_POSTGRES_URL%/*}/$database"
  fix_story --url "${CUPEL_TEST_POSTGRES_URL%/*}/$database"
fi

# ---- a program's own word on what is compared ----
rm -f db/versions/*.cpp app.db
models "$people"
sed -i 's|cli::run(argc, argv, \(.*\));|cli::run(argc, argv, \1, filters());|; s|^int main|static cupel::command::Filters filters() {\
  return {.include_name = [](const cupel::model::ObjectKey\& key) { return key.name.name != "orders"; },\
          .include_object = [](const cupel::model::ObjectKey\&, const std::string\& part) { return part != "column '"'legacy'"'"; }};\
}\
&|' db/env.cpp
rebuild
expect 0 "Detected added table 'users'" "$shop" revision --autogenerate --rev-id d1 -m 'filtered'
grep -q orders db/versions/*_filtered.cpp && fail "what the filters leave out was written: $(cat db/versions/*_filtered.cpp)"
rebuild
expect 0 '' "$shop" upgrade head
expect 0 'No new upgrade operations detected.' "$shop" check
sql 'ALTER TABLE users ADD COLUMN legacy INTEGER; CREATE TABLE orders (x INTEGER)'
expect 0 'No new upgrade operations detected.' "$shop" check

# ---- a database becomes a project in C++ ----
mkdir "$work/legacy" && cd "$work/legacy"
python3 - <<'END'
import sqlite3
sqlite3.connect("app.db").executescript(
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL); CREATE INDEX ix_name ON users (name);"
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), total NUMERIC(10, 2) DEFAULT 0);")
END
expect 0 'declares what the database holds' "$work/prefix/bin/cupel" --from-url sqlite:///app.db init --template cpp db
cmake -S db -B db/build -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" >/dev/null
rebuild
expect 0 'No new upgrade operations detected.' db/build/db_migrate check
expect 0 'baseline' db/build/db_migrate --url sqlite:///new.db upgrade head
