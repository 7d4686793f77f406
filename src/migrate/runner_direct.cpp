// SPDX-License-Identifier: MIT
// What a Runner does without running a revision: stamp, operations that were asked for directly,
// the tables of its own. See runner.hpp.
#include "migrate/runner.hpp"
#include "migrate/session_frame.hpp"

namespace cupel::migrate {

RunResult Runner::stamp(const Planner& planner) {
  state_ = read_state(*environment_);
  RunResult result;
  ensure_tables();
  patience_.renew();
  begin_waiting();
  try {
    run_and_commit(stamp_statements(planner(rows_), result));
  } catch (...) {
    roll_back();
    throw;
  }
  return result;
}

void Runner::run_operations(const std::vector<ops::Operation>& operations) {
  driver::Connection& connection = *environment_->connection;
  LiveSchemaSource schema(*environment_->dialect, connection);
  const sql::WriteContext context{&schema, connection.server_version()};
  for (const ops::Operation& operation : operations) {
    throw_if_interrupted();
    for (const sql::Statement& statement :
         environment_->dialect->writer().write(operation, context))
      connection.query(statement.sql);
  }
  session_->check_before_commit();
}

RunResult Runner::run_direct(const std::function<Direct(const std::vector<std::string>&)>& plan) {
  state_ = read_state(*environment_);
  RunResult result;
  ensure_tables();
  const SessionFrame frame(*environment_->connection, *session_);
  patience_.renew();
  begin_waiting();
  try {
    const Direct direct = plan(rows_);
    run_operations(direct.operations);
    result.rows = rows_;
    std::vector<std::string> statements;
    if (!direct.targets.empty()) {
      statements = stamp_statements(revision::stamp_plan(environment_->migrations->graph(), rows_,
                                                         direct.targets, direct.purge),
                                    result);
    }
    run_and_commit(std::move(statements));
  } catch (...) {
    roll_back();
    throw;
  }
  return result;
}

bool Runner::ensure_tables() {
  state_ = read_state(*environment_);
  const bool had_versions = state_.has_version_table;
  if (state_.has_journal) half_done_.take_all(read_journal(*environment_));
  if (!had_versions) create_.push_back(tables_.create_versions());
  if (environment_->settings.history && !state_.has_history)
    create_.push_back(tables_.create_history());
  if (create_.empty()) return false;
  patience_.renew();
  begin_waiting();
  run_and_commit({});
  create_.clear();
  return !had_versions;
}

}  // namespace cupel::migrate
