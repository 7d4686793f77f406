// SPDX-License-Identifier: MIT
// See walk.hpp. A row moves when it is updated, so its place (ctid) says nothing about what is
// done; only a key does.
#include "dialect/postgres/walk.hpp"

#include <fmt/core.h>

#include <array>
#include <deque>

#include "cupel/base/error.hpp"

namespace cupel::dialect::postgres {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char* kKeyColumns =
    "SELECT a.attname, quote_ident(a.attname) FROM pg_index i "
    "CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) "
    "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum "
    "WHERE k.place <= i.indnkeyatts AND i.indexrelid = ("
    "SELECT x.indexrelid FROM pg_index x WHERE x.indrelid = $1::regclass AND x.indisunique "
    "AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL AND NOT EXISTS ("
    "SELECT FROM pg_attribute n WHERE n.attrelid = x.indrelid AND n.attnum = ANY (x.indkey) "
    "AND NOT n.attnotnull) "
    "ORDER BY x.indisprimary DESC, x.indnkeyatts, x.indexrelid LIMIT 1) ORDER BY k.place";

/// What was committed when. A standby that stands still reports no new times, so they are ours.
class PostgresReplicaWatch final : public ReplicaWatch {
 public:
  explicit PostgresReplicaWatch(driver::Connection& connection) : connection_(&connection) {
    const driver::Rows hidden =
        connection.query("SELECT count(*) FROM pg_stat_replication WHERE state IS NULL");
    if (hidden[0].integer(0) == 0) return;
    throw UsageError("this role may not see how far replicas are behind",
                     "GRANT pg_monitor TO it, or give the backfill no limit on lag");
  }

  milliseconds lag() override {
    const driver::Rows rows = connection_->query(
        "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, "
        "min(pg_wal_lsn_diff(replay_lsn, '0/0'))::bigint FROM pg_stat_replication "
        "WHERE state = 'streaming'");
    if (rows[0].is_null(1)) return milliseconds(0);
    commits_.push_back({rows[0].integer(0), Clock::now()});
    while (!commits_.empty() && commits_.front().place <= rows[0].integer(1)) commits_.pop_front();
    if (commits_.empty()) return milliseconds(0);
    return std::chrono::duration_cast<milliseconds>(Clock::now() - commits_.front().seen);
  }

 private:
  struct Commit {
    std::int64_t place;
    Clock::time_point seen;
  };
  driver::Connection* connection_;
  std::deque<Commit> commits_;
};

}  // namespace

Walk make_walk(std::string_view table, driver::Connection& connection) {
  const std::array<Value, 1> name{std::string(table)};
  const driver::Rows kind =
      connection.query("SELECT relkind::text FROM pg_class WHERE oid = to_regclass($1)", name);
  const auto refusal = [&](const std::string& why, const std::string& hint) {
    return UsageError(fmt::format("'{}' cannot be walked over in batches: {}", table, why), hint);
  };
  if (kind.empty()) throw refusal("there is no such table", "correct its name");
  if (kind[0].text(0) != "r" && kind[0].text(0) != "p")
    throw refusal("it is no table", "name the table behind it");
  const driver::Rows columns = connection.query(kKeyColumns, name);
  if (columns.empty()) {
    throw refusal("it has neither a primary key nor a unique index of NOT NULL columns",
                  "give it one; or run one UPDATE instead: leave 'backfill' out");
  }
  Walk walk;
  for (const driver::Row row : columns) {
    walk.fixed.push_back(row.text(0));
    walk.key.push_back(row.text(1));
    walk.literals.push_back(fmt::format("quote_literal({}::text)", row.text(1)));
  }
  walk.estimate = fmt::format("SELECT reltuples::bigint FROM pg_class WHERE oid = {}::regclass",
                              connection.query("SELECT quote_literal($1)", name)[0].text(0));
  return walk;
}

std::unique_ptr<ReplicaWatch> watch_replicas(driver::Connection& connection) {
  return std::make_unique<PostgresReplicaWatch>(connection);
}

}  // namespace cupel::dialect::postgres
