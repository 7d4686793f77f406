// SPDX-License-Identifier: MIT
// See normalizer.hpp.
#include "dialect/postgres/normalizer.hpp"

#include <set>

#include "dialect/postgres/inspect.hpp"
#include "dialect/postgres/trial.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Schema;

/// A transaction that is always rolled back, or a savepoint in the one that is open.
class Discarded {
 public:
  explicit Discarded(driver::Connection& connection)
      : connection_(connection), nested_(connection.in_transaction()) {
    connection_.query(nested_ ? "SAVEPOINT cupel_trial" : "BEGIN READ WRITE");
  }
  ~Discarded() {
    try {
      const std::string undo[] = {"ROLLBACK TO SAVEPOINT cupel_trial",
                                  "RELEASE SAVEPOINT cupel_trial"};
      if (nested_) {
        connection_.run(undo);
      } else {
        connection_.query("ROLLBACK");
      }
    } catch (const Error&) {  // the session is gone, and what it had made with it
    }
  }
  Discarded(const Discarded&) = delete;
  Discarded& operator=(const Discarded&) = delete;

 private:
  driver::Connection& connection_;
  bool nested_;
};

/// Runs steps, each in a savepoint of its own. A refused one costs a round trip, and what needs it
/// is left out.
class Runner {
 public:
  Runner(driver::Connection& connection, const std::vector<TrialStep>& steps)
      : connection_(connection), steps_(steps), refused_(steps.size(), false) {}

  void run() {
    std::size_t next = 0;
    while (next < steps_.size()) next = run_from(next);
  }

 private:
  bool is_possible(std::size_t step) {
    const std::size_t needs = steps_[step].needs;
    if (needs != TrialStep::kNone && refused_[needs]) refused_[step] = true;
    return !refused_[step];
  }

  /// Returns the step to go on with.
  std::size_t run_from(std::size_t first) {
    std::vector<std::string> statements;
    std::vector<std::size_t> step_of;
    for (std::size_t i = first; i < steps_.size(); ++i) {
      if (!is_possible(i)) continue;
      for (const std::string& sql :
           {"SAVEPOINT " + savepoint(i), steps_[i].sql, "RELEASE SAVEPOINT " + savepoint(i)}) {
        statements.push_back(sql);
        step_of.push_back(i);
      }
    }
    std::size_t failed = 0;
    try {
      connection_.query("SAVEPOINT cupel_batch");
      connection_.run(statements, &failed);
      return steps_.size();
    } catch (const DatabaseError&) {
      if (!connection_.is_alive() || failed >= step_of.size()) throw;
    }
    const std::size_t refused = step_of[failed];
    refused_[refused] = true;
    return roll_back_to(savepoint(refused)) ? refused + 1 : restart(first);
  }

  /// Statements that are sent together are parsed together: if one of them has a syntax error, none
  /// ran, and there is no such savepoint.
  bool roll_back_to(const std::string& name) {
    try {
      connection_.query("ROLLBACK TO SAVEPOINT " + name);
      return true;
    } catch (const DatabaseError&) {
      if (!connection_.is_alive()) throw;
      return false;
    }
  }
  std::size_t restart(std::size_t first) {
    connection_.query("ROLLBACK TO SAVEPOINT cupel_batch");
    return first;
  }

  static std::string savepoint(std::size_t step) { return "cupel_step_" + std::to_string(step); }

  driver::Connection& connection_;
  const std::vector<TrialStep>& steps_;
  std::vector<bool> refused_;
};

std::set<std::string> schemas_of(const Schema& part) {
  std::set<std::string> names;
  for (const auto& it : part.domains) names.insert(it.name.schema);
  for (const auto& it : part.tables) names.insert(it.name.schema);
  for (const auto& it : part.views) names.insert(it.name.schema);
  for (const auto& it : part.functions) names.insert(it.name.schema);
  for (const auto& it : part.triggers) names.insert(it.table.schema);
  return names;
}

class PostgresNormalizer final : public diff::Normalizer {
 public:
  explicit PostgresNormalizer(driver::Connection& connection) : connection_(connection) {}

  Schema as_server_writes(const Schema& part) override {
    Schema result = part;
    for (const std::string& schema : schemas_of(part)) {
      try {
        write_back(part, schema, result);
      } catch (const DatabaseError&) {
        // No privilege, or a server that only reads: the texts stay as they were given.
        if (!connection_.is_alive()) throw;
      }
    }
    return result;
  }

 private:
  void write_back(const Schema& part, const std::string& schema, Schema& result) {
    const Trial trial(part, schema);
    if (trial.steps().empty()) return;
    const Discarded discarded(connection_);
    // A table that somebody changes just now is not waited for.
    static const std::string kPrologue[] = {
        "SET LOCAL lock_timeout = '2s'", "SET LOCAL check_function_bodies = off",
        "SET LOCAL client_min_messages = warning",
        "SELECT set_config('search_path', 'pg_temp' || CASE current_setting('search_path') "
        "WHEN '' THEN '' ELSE ', ' || current_setting('search_path') END, true)"};
    connection_.run(kPrologue);
    Runner(connection_, trial.steps()).run();
    trial.take_over(inspect_temporary(connection_), result);
  }

  driver::Connection& connection_;
};

}  // namespace

std::unique_ptr<diff::Normalizer> make_normalizer(driver::Connection& connection) {
  return std::make_unique<PostgresNormalizer>(connection);
}

}  // namespace cupel::dialect::postgres
