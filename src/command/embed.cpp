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
  EmbeddedRun(const Database& database, const script::Migrations& migrations,
              const UpgradeOptions& options)
      : database_(&database) {
    environment_.dialect = database.dialect_;
    environment_.migrations = &migrations;
    environment_.connection = database.connection_;
    if (database.url_) environment_.url = &*database.url_;
    environment_.arguments = options.arguments;
    environment_.log = options.log;
    environment_.on_event = options.on_event;
    environment_.is_interrupted = options.is_interrupted;
    migrate::Settings& settings = environment_.settings;
    settings.version_table = options.version_table;
    settings.transaction = options.transaction;
    settings.lock_timeout = options.lock_timeout;
    settings.statement_timeout = options.statement_timeout;
    settings.history = options.history;
    settings.applied_by = [name = options.applied_by] { return name; };
    settings.naming = options.naming;
    settings.refuse_edited = options.refuse_edited;
    settings.idempotent = options.idempotent;
    settings.destructive =
        options.allow_destructive ? migrate::Destructive::Allow : migrate::Destructive::Deny;
  }

  /// True for a database file that is not there yet.
  bool is_missing() const {
    if (!database_->url_ || !database_->dialect_->traits().database_is_file) return false;
    const std::string& path = database_->url_->database;
    return !path.empty() && path != ":memory:" && !DiskFiles().is_file(path);
  }
  void open(bool create) {
    if (database_->url_) {
      opened_ = database_->dialect_->connect(*database_->url_,
                                             {.create = create, .log = environment_.log});
      environment_.connection = opened_.get();
    }
    if (environment_.connection->in_transaction()) {
      throw UsageError("the connection has a transaction open, and migrations need their own",
                       "commit or roll back before you upgrade");
    }
  }
  const migrate::Environment& environment() const { return environment_; }
  const revision::Graph& graph() const { return environment_.migrations->graph(); }

  /// Throws DatabaseIsNewer instead of what the engine says of rows without a file.
  migrate::RunResult run(migrate::RunResult (*what)(const migrate::Environment&,
                                                    const std::string&),
                         const std::string& target) const {
    try {
      return what(environment_, target);
    } catch (const RevisionError&) {
      // Asked only now, under no lock: a newer program may have been at work until a moment ago.
      std::vector<std::string> unknown =
          revision::resolve_rows(graph(), migrate::read_rows(environment_)).unknown;
      if (unknown.empty()) throw;
      throw DatabaseIsNewer(std::move(unknown));
    }
  }
  std::vector<std::string> ids_of(const std::vector<revision::Step>& steps) const {
    std::vector<std::string> ids;
    for (const revision::Step& step : steps) ids.push_back(graph().id(step.revision));
    return ids;
  }

 private:
  const Database* database_;
  std::unique_ptr<driver::Connection> opened_;
  migrate::Environment environment_;
};

UpgradeResult upgrade(const Database& database, const std::string& target,
                      const script::Migrations& migrations, const UpgradeOptions& options) {
  migrations.graph().require_sound();
  EmbeddedRun run(database, migrations, options);
  if (run.is_missing()) migrate::check_first_upgrade(run.environment(), target);
  run.open(/*create=*/true);
  migrate::RunResult done =
      run.run([](const migrate::Environment& environment,
                 const std::string& to) { return migrate::upgrade(environment, to); },
              target);
  return {run.ids_of(done.steps), std::move(done.rows), std::move(done.note)};
}

UpgradeResult upgrade(const Database& database, const std::string& target,
                      const std::vector<Revision>& revisions, const UpgradeOptions& options) {
  return upgrade(database, target, script::make_migrations(revisions), options);
}

DowngradeResult downgrade(const Database& database, const std::string& target,
                          const script::Migrations& migrations, const UpgradeOptions& options) {
  migrations.graph().require_sound();
  EmbeddedRun run(database, migrations, options);
  run.open(/*create=*/false);
  migrate::RunResult done = run.run(migrate::downgrade, target);
  return {run.ids_of(done.steps), std::move(done.rows), std::move(done.note)};
}

DowngradeResult downgrade(const Database& database, const std::string& target,
                          const std::vector<Revision>& revisions, const UpgradeOptions& options) {
  return downgrade(database, target, script::make_migrations(revisions), options);
}

CurrentState current(const Database& database, const std::vector<Revision>& revisions,
                     const model::ObjectName& version_table) {
  const script::Migrations migrations = script::make_migrations(revisions);
  EmbeddedRun run(database, migrations, {.version_table = version_table});
  CurrentState state;
  if (!run.is_missing()) {
    run.open(/*create=*/false);
    state.at = migrate::read_rows(run.environment());
  }
  state.unknown = revision::resolve_rows(run.graph(), state.at).unknown;
  for (const revision::Index index : revision::pending(run.graph(), state.at))
    state.pending.push_back(run.graph().id(index));
  return state;
}

}  // namespace cupel
