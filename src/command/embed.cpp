// SPDX-License-Identifier: MIT
// See embed.hpp.
#include "cupel/command/embed.hpp"

#include <utility>

#include "cupel/base/files.hpp"
#include "cupel/base/text.hpp"
#include "cupel/migrate/run.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel {
namespace {

std::string newer_message(const std::vector<std::string>& unknown) {
  return "the database is newer than this program: it is at " + text::quoted_list(unknown) +
         (unknown.size() == 1 ? ", which is not among its revisions"
                              : ", which are not among its revisions");
}

migrate::Settings settings_of(const UpgradeOptions& options) {
  migrate::Settings settings;
  settings.version_table = options.version_table;
  settings.transaction = options.transaction;
  settings.lock_timeout = options.lock_timeout;
  settings.statement_timeout = options.statement_timeout;
  settings.history = options.history;
  settings.applied_by = options.applied_by;
  settings.naming = options.naming;
  settings.refuse_edited = options.refuse_edited;
  return settings;
}

}  // namespace

Database::Database(const std::string& url) : dialect_(nullptr), url_(driver::parse_url(url)) {
  dialect_ = &dialect::find_dialect(url_->dialect);
}
Database::Database(const char* url) : Database(std::string(url)) {}
Database::Database(driver::Connection& connection, const dialect::Dialect& dialect)
    : dialect_(&dialect), connection_(&connection) {}
Database::Database(dialect::Adopted adopted)
    : dialect_(adopted.dialect), own_(std::move(adopted.connection)), connection_(own_.get()) {}
Database::~Database() = default;

DatabaseIsNewer::DatabaseIsNewer(std::vector<std::string> unknown)
    : RevisionError(newer_message(unknown), unknown,
                    "run the program that wrote it, or bring back a copy of the database") {}

/// A database and the revisions that are to run on it, for the time of one call.
class EmbeddedRun {
 public:
  EmbeddedRun(const Database& database, const script::Migrations& migrations, bool create,
              const Log& log = {}) {
    environment_.dialect = database.dialect_;
    environment_.migrations = &migrations;
    environment_.connection = database.connection_;
    if (database.url_) {
      environment_.url = &*database.url_;
      if (!create && is_missing(database)) return;
      opened_ = database.dialect_->connect(*database.url_, {.create = create, .log = log});
      environment_.connection = opened_.get();
    }
    if (environment_.connection->in_transaction()) {
      throw UsageError("the connection has a transaction open, and migrations need their own",
                       "commit or roll back before you upgrade");
    }
  }
  migrate::Environment& environment() { return environment_; }
  const revision::Graph& graph() const { return environment_.migrations->graph(); }
  std::vector<std::string> rows() const {
    if (environment_.connection == nullptr) return {};
    return migrate::read_rows(environment_);
  }

 private:
  static bool is_missing(const Database& database) {
    const std::string& path = database.url_->database;
    return database.dialect_->traits().database_is_file && !path.empty() && path != ":memory:" &&
           !DiskFiles().is_file(path);
  }
  std::unique_ptr<driver::Connection> opened_;
  migrate::Environment environment_;
};

namespace {

/// Throws DatabaseIsNewer instead of what the engine says of rows without a file.
migrate::RunResult run_upgrade(EmbeddedRun& run, const std::string& target) {
  try {
    return migrate::upgrade(run.environment(), target);
  } catch (const RevisionError&) {
    // Asked only now, under no lock: a newer program may have been at work until a moment ago.
    std::vector<std::string> unknown = revision::resolve_rows(run.graph(), run.rows()).unknown;
    if (unknown.empty()) throw;
    throw DatabaseIsNewer(std::move(unknown));
  }
}

}  // namespace

UpgradeResult upgrade(const Database& database, const std::string& target,
                      const script::Migrations& migrations, const UpgradeOptions& options) {
  migrations.graph().require_sound();  // before a database file is made
  EmbeddedRun run(database, migrations, /*create=*/true, options.log);
  migrate::Environment& environment = run.environment();
  environment.settings = settings_of(options);
  environment.arguments = options.arguments;
  environment.log = options.log;
  environment.on_event = options.on_event;
  environment.is_interrupted = options.is_interrupted;
  migrate::RunResult done = run_upgrade(run, target);
  UpgradeResult result{{}, std::move(done.rows), std::move(done.note)};
  for (const revision::Step& step : done.steps)
    result.applied.push_back(migrations.graph().id(step.revision));
  return result;
}

UpgradeResult upgrade(const Database& database, const std::string& target,
                      const std::vector<Revision>& revisions, const UpgradeOptions& options) {
  return upgrade(database, target, script::make_migrations(revisions), options);
}

CurrentState current(const Database& database, const std::vector<Revision>& revisions,
                     const model::ObjectName& version_table) {
  const script::Migrations migrations = script::make_migrations(revisions);
  EmbeddedRun run(database, migrations, /*create=*/false);
  run.environment().settings.version_table = version_table;
  CurrentState state;
  state.at = run.rows();
  state.unknown = revision::resolve_rows(run.graph(), state.at).unknown;
  for (const revision::Index index : revision::pending(run.graph(), state.at))
    state.pending.push_back(run.graph().id(index));
  return state;
}

}  // namespace cupel
