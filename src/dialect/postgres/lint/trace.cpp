// SPDX-License-Identifier: MIT
// See trace.hpp. The catalogue is asked between statements; its own tables are not looked at.
#include "dialect/postgres/lint/trace.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/impact.hpp"
#include "dialect/postgres/lint/reader.hpp"

namespace cupel::dialect::postgres {
namespace {

using lint::TracedStatement;
using model::ObjectName;

/// Of one table, at one moment.
struct Seen {
  ObjectName name;
  std::int64_t file = 0;
  std::int64_t rows_read = 0;
  LockMode lock = LockMode::None;
};
using Moment = std::map<std::int64_t, Seen>;  ///< by oid

/// Everything that holds rows, outside the catalogue; locks of this session.
constexpr const char* kLook = R"(
SELECT c.oid::pg_catalog.int8,
       CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname END, c.relname,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::pg_catalog.int8,
       pg_catalog.pg_stat_get_xact_tuples_returned(c.oid)::pg_catalog.int8,
       coalesce((SELECT pg_catalog.max(CASE l.mode
                  WHEN 'AccessShareLock' THEN 1 WHEN 'RowShareLock' THEN 2
                  WHEN 'RowExclusiveLock' THEN 3 WHEN 'ShareUpdateExclusiveLock' THEN 4
                  WHEN 'ShareLock' THEN 5 WHEN 'ShareRowExclusiveLock' THEN 6
                  WHEN 'ExclusiveLock' THEN 7 ELSE 8 END)
                 FROM pg_catalog.pg_locks l
                 WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation'
                   AND l.relation = c.oid AND l.granted), 0)::pg_catalog.int8
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\_%'
  AND n.nspname <> 'information_schema')";

Moment look(driver::Connection& connection) {
  Moment moment;
  for (const driver::Row row : connection.query(kLook)) {
    Seen seen{ObjectName(row.text(1), row.text(2)), row.integer(3), row.integer(4),
              static_cast<LockMode>(row.integer(5))};
    moment.emplace(row.integer(0), std::move(seen));
  }
  return moment;
}

/// What is new since `before`. Tables that the transaction made are nobody's yet.
void note_difference(const Moment& before, const Moment& after, const std::set<std::int64_t>& old,
                     TracedStatement& traced) {
  for (const auto& [oid, was] : before) {
    if (!old.contains(oid)) continue;
    const auto found = after.find(oid);
    // A dropped table is locked against everybody, and cannot be seen any more.
    const bool is_gone = found == after.end();
    const LockMode lock = is_gone ? LockMode::AccessExclusive : found->second.lock;
    if (lock > was.lock) traced.locks.push_back({was.name, std::string(words_of(lock))});
    if (is_gone) continue;
    if (found->second.file != was.file) traced.rewritten.push_back(was.name);
    const std::int64_t rows = found->second.rows_read - was.rows_read;
    if (rows > 0) traced.scans.push_back({was.name, rows});
  }
}

class Foreteller {
 public:
  Foreteller(model::Schema schema, int version) : schema_(std::move(schema)), version_(version) {}

  void foretell(const std::string& sql, TracedStatement& traced) {
    const lint::State state{.schema = schema_, .new_tables = new_, .server_version = version_};
    const lint::Step step = read_statement(sql, schema_);
    std::map<ObjectName, LockMode> locks;
    std::set<ObjectName> work;
    for (std::size_t i = 0; i < step.effects.size(); ++i) {
      const auto details = step.details.find(i);
      const lint::Details own = details == step.details.end() ? lint::Details() : details->second;
      for (const Touch& touch : touches_of(step.effects[i], own, state, session_)) {
        if (new_.contains(touch.table)) continue;
        locks[touch.table] = std::max(locks[touch.table], touch.lock);
        if (touch.work != Work::None) work.insert(touch.table);
      }
      follow(step.effects[i]);
    }
    for (const auto& [table, mode] : locks) {
      if (mode <= held_[table]) continue;
      held_[table] = mode;
      traced.foretold_locks.push_back({table, std::string(words_of(mode))});
    }
    traced.foretold_work.assign(work.begin(), work.end());
  }

 private:
  void follow(const lint::Effect& effect) {
    if (const auto* set = std::get_if<lint::SetVariable>(&effect)) {
      if (set->name == "timezone") session_.zone_is_utc = set->value == "UTC";
    }
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (const auto* create = std::get_if<ops::CreateTable>(operation))
      new_.insert(create->table.name);
    try {
      ops::apply(*operation, schema_);
    } catch (const Error&) {
      // What the schema in memory refuses, the server will judge.
    }
  }

  model::Schema schema_;
  std::set<ObjectName> new_;
  std::map<ObjectName, LockMode> held_;
  SessionFacts session_;
  int version_;
};

/// Rolls back also when something throws.
class Undone {
 public:
  explicit Undone(driver::Connection& connection) : connection_(connection) {
    connection_.query("BEGIN");
  }
  ~Undone() {
    try {
      connection_.query("ROLLBACK");
    } catch (const Error&) {  // the session is gone, and the transaction with it
    }
  }
  Undone(const Undone&) = delete;
  Undone& operator=(const Undone&) = delete;

 private:
  driver::Connection& connection_;
};

}  // namespace

std::vector<TracedStatement> trace(driver::Connection& connection,
                                   std::span<const std::string> statements, model::Schema before) {
  std::vector<TracedStatement> result;
  Foreteller foreteller(std::move(before), connection.server_version());
  const Undone undone(connection);
  connection.query("SET LOCAL lock_timeout = '5s'");
  Moment moment = look(connection);
  std::set<std::int64_t> old;
  for (const auto& [oid, seen] : moment) old.insert(oid);
  bool failed = false;
  for (const std::string& sql : statements) {
    TracedStatement& traced = result.emplace_back();
    traced.sql = sql;
    foreteller.foretell(sql, traced);
    if (failed) {
      traced.trouble = "not run, since one before it failed";
    } else if (runs_outside_transaction(sql)) {
      traced.trouble = "not run, since it cannot run in a transaction";
    } else {
      try {
        const auto start = std::chrono::steady_clock::now();
        connection.query(sql);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        traced.milliseconds = took.count();
        traced.was_run = true;
        Moment now = look(connection);
        note_difference(moment, now, old, traced);
        moment = std::move(now);
      } catch (const DatabaseError& error) {
        traced.trouble = error.message();
        failed = true;
      }
    }
  }
  return result;
}

}  // namespace cupel::dialect::postgres
