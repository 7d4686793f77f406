// SPDX-License-Identifier: MIT
// What a run stands on: a database, a project's revisions, settings, and who is told about
// progress.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cupel/base/clock.hpp"
#include "cupel/base/log.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/migrate/loss.hpp"
#include "cupel/script/migration.hpp"

namespace cupel::migrate {

/// How much one transaction holds. Auto is what suits the database: the whole run on SQLite, a
/// revision elsewhere.
enum class TransactionMode { Auto, Revision, Run };

struct Settings {
  model::ObjectName version_table{"alembic_version"};
  TransactionMode transaction = TransactionMode::Auto;
  /// How long to wait for other runners and for locks on tables, in all, before giving up.
  std::chrono::milliseconds lock_timeout{60000};
  /// How long one statement may wait for a table's lock before its revision is rolled back and
  /// tried again.
  std::chrono::milliseconds lock_attempt{5000};
  std::chrono::milliseconds statement_timeout{0};
  /// Keep a history of applied revisions in <version table's schema>.cupel_history.
  bool history = true;
  /// Who is written into the history ("ann@laptop"). Asked when a row is written and not before,
  /// since it may mean a search in the system's files; nobody if it is empty.
  std::function<std::string()> applied_by = {};
  std::string who() const { return applied_by ? applied_by() : std::string(); }
  model::NamingConvention naming = {};
  /// Refuse to run when an applied revision was edited or deleted since; false only warns the log.
  bool refuse_edited = true;
  /// What an upgrade would make may be there already: tables, columns, indexes and constraints are
  /// left out then, after it was verified that they are what would have been made.
  bool idempotent = false;
  /// Of a step that destroys data and that its revision does not allow.
  Destructive destructive = Destructive::Ask;
};

/// What a run tells while it goes on. `duration` is set when a step has ended.
struct Event {
  enum class Kind {
    StepBegins,  ///< `step` is about to run
    StepEnds,    ///< `step` is done; inside a run-wide transaction it is not committed yet
    Waiting,     ///< somebody else is at work: `text` says who
    Retrying,    ///< a lock on a table was not to be had: rolled back, tried again; `text` says who
                 ///< is in the way
    Note,        ///< `text`, for people
    Progress,    ///< a backfill of table `text` has committed a batch: `done` of about `expected`
                 ///< rows
  };
  Kind kind = Kind::Note;
  const revision::Step* step = nullptr;
  std::size_t number = 0;  ///< of the step, from 1
  std::size_t total = 0;
  std::chrono::microseconds duration{0};
  std::string text;
  std::int64_t done = 0;
  std::int64_t expected = 0;  ///< 0: nobody knows
};

/// Borrows everything; cheap to copy.
struct Environment {
  driver::Connection* connection = nullptr;
  const dialect::Dialect* dialect = nullptr;
  const driver::Url* url = nullptr;  ///< null for a connection that the application opened
  const script::Migrations* migrations = nullptr;
  Settings settings;
  std::vector<std::string> arguments;  ///< -x KEY=VALUE, for migrations: op.arguments()
  Clock clock = system_clock();
  Log log;
  std::function<void(const Event&)> on_event;
  /// Asked between statements; true ends the run (Ctrl-C): the open transaction is rolled back.
  std::function<bool()> is_interrupted;
  /// The approval of a revision, if there is one; asked when it is about to destroy something.
  std::function<std::optional<Approval>(const std::string& revision)> find_approval;
  /// Asked before anything is destroyed, if settings.destructive says so; true goes on with the
  /// whole run.
  std::function<bool(const std::vector<Loss>&)> confirm;
};

}  // namespace cupel::migrate
