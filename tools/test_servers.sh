# SPDX-License-Identifier: MIT
# Sourced by ./dev: private PostgreSQL and PgBouncer in a temporary folder on free ports. In memory where that has room, unless
# test_servers_in names where: a database is made in two thirds of the time, and the tests make thousands.
#   start_test_servers    starts them and exports CUPEL_TEST_*
#   stop_test_servers     stops them and removes the folder; harmless when nothing runs
# Nothing of an installed cluster is used or touched. Who calls start_test_servers sets the trap that stops.

test_servers_dir=

# The server programs refuse to run as root, so root hands them to another user.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

find_postgres_bin() {
  local bin
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(pg_config --bindir 2>/dev/null)"; do
    if [ -x "$bin/initdb" ]; then echo "$bin"; return; fi
  done
  echo "test servers: no initdb found; install the package postgresql" >&2
  return 1
}

quickest_folder() {
  local free
  free=$(df --output=avail -B 1M /dev/shm 2>/dev/null | tail -n 1) || free=0
  if [ -w /dev/shm ] && [ "${free:-0}" -ge 6000 ]; then echo /dev/shm; else echo /tmp; fi
}

# Another program may take a free port before the server does, so a failed start is tried again.
start_postgres() {
  local dir=$test_servers_dir bin=$CUPEL_TEST_POSTGRES_BIN attempt
  as_server "$bin/initdb" -D "$dir/data" -U cupel -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; return 1; }
  as_server tee "$dir/data/pg_hba.conf" >/dev/null <<'HBA'
# One role has a password, for the tests of passwords; the others are let in.
local all cupel_password              scram-sha-256
host  all cupel_password 127.0.0.1/32 scram-sha-256
local all all                         trust
host  all all            127.0.0.1/32 trust
HBA
  as_server tee -a "$dir/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 100
fsync = off
synchronous_commit = off
full_page_writes = off
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_line_prefix = '%m [%p] %d '
CONF
  for attempt in 1 2 3; do
    test_postgres_port=$(free_port)
    if as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/postgres.log" -o "-p $test_postgres_port" -t 30 -w start >/dev/null; then
      as_server "$bin/psql" -qX -h "$dir" -p "$test_postgres_port" -U cupel -d postgres \
        -c "CREATE ROLE cupel_password LOGIN PASSWORD 'secret'"
      return
    fi
  done
  tail -20 "$dir/postgres.log" >&2
  return 1
}

start_pgbouncer() {
  local dir=$test_servers_dir attempt
  for attempt in 1 2 3; do
    test_pgbouncer_port=$(free_port)
    echo '"cupel" ""' | as_server tee "$dir/users.txt" >/dev/null
    as_server tee "$dir/pgbouncer.ini" >/dev/null <<CONF
[databases]
* = host=127.0.0.1 port=$test_postgres_port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $test_pgbouncer_port
unix_socket_dir =
auth_type = trust
auth_file = $dir/users.txt
auth_user = cupel
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
logfile = $dir/pgbouncer.log
pidfile = $dir/pgbouncer.pid
CONF
    if as_server "$(PATH=$PATH:/usr/sbin command -v pgbouncer)" -q -d "$dir/pgbouncer.ini" &&
      wait_for_pgbouncer; then
      return
    fi
  done
  tail -20 "$dir/pgbouncer.log" >&2
  return 1
}

wait_for_pgbouncer() {
  local attempt
  for attempt in $(seq 50); do
    "$CUPEL_TEST_POSTGRES_BIN/psql" -qX -h 127.0.0.1 -p "$test_pgbouncer_port" -U cupel -d postgres -c "SELECT" \
      >/dev/null 2>&1 && return
    sleep 0.1
  done
  return 1
}

start_test_servers() {
  export CUPEL_TEST_POSTGRES_BIN
  CUPEL_TEST_POSTGRES_BIN=$(find_postgres_bin) || return 1
  # The path holds a socket and must stay short, so TMPDIR is not asked.
  test_servers_dir=$(mktemp -d "${test_servers_in:-$(quickest_folder)}/cupel-test.XXXXXX")
  if [ "$(id -u)" = 0 ]; then chown postgres: "$test_servers_dir"; fi
  chmod 755 "$test_servers_dir"
  # In the folder, since the server's user may not be allowed to look at ours.
  pushd "$test_servers_dir" >/dev/null
  start_postgres && start_pgbouncer || { popd >/dev/null; return 1; }
  popd >/dev/null
  export CUPEL_TEST_POSTGRES_URL=postgresql://cupel@127.0.0.1:$test_postgres_port/postgres
  export CUPEL_TEST_PGBOUNCER_URL=postgresql://cupel@127.0.0.1:$test_pgbouncer_port/postgres
}

stop_test_servers() {
  local dir=$test_servers_dir
  test_servers_dir=
  [ -n "$dir" ] || return 0
  cd /
  if [ -s "$dir/pgbouncer.pid" ]; then kill "$(cat "$dir/pgbouncer.pid")" 2>/dev/null || true; fi
  if [ -s "$dir/data/postmaster.pid" ]; then
    as_server "$CUPEL_TEST_POSTGRES_BIN/pg_ctl" -D "$dir/data" -m immediate -t 30 -w stop >/dev/null 2>&1 || true
  fi
  rm -rf "$dir"
}
