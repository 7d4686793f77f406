// SPDX-License-Identifier: MIT
// Runs as text. See offline.hpp. A dialect whose DDL depends on what tables look like now (SQLite's
// rebuilds) gets a scratch database on which the revisions before are really run; so a rebuild can
// be written without the user's database.
#include "cupel/migrate/offline.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cupel/migrate/run.hpp"
#include "cupel/revision/resolve.hpp"
#include "migrate/live_sink.hpp"
#include "migrate/patience.hpp"
#include "migrate/runner.hpp"
#include "migrate/tables.hpp"

namespace cupel::migrate {
namespace {

/// A database in memory on which earlier revisions have run. Empty where the dialect needs none.
class Scratch {
 public:
  Scratch(const Environment& environment, const std::vector<std::string>& rows)
      : environment_(&environment) {
    const std::string_view url = environment.dialect->traits().scratch_url;
    if (url.empty()) return;
    connection_ = environment.dialect->connect(driver::parse_url(url));
    Environment replay = environment;
    replay.connection = connection_.get();
    replay.url = nullptr;
    replay.on_event = nullptr;
    replay.settings.history = false;
    replay.settings.destructive = Destructive::Allow;
    for (const std::string& row : rows) upgrade(replay, row);
    schema_ = std::make_unique<LiveSchemaSource>(*environment.dialect, *connection_);
  }
  sql::SchemaSource* schema() const { return schema_.get(); }
  void run(const std::string& sql) const {
    if (!connection_) return;
    try {
      connection_->query(sql);
    } catch (const DatabaseError& error) {
      log(environment_->log, LogLevel::Debug, "offline",
          std::string("scratch database: ") + error.what());
    }
  }

 private:
  const Environment* environment_;
  std::unique_ptr<driver::Connection> connection_;
  std::unique_ptr<LiveSchemaSource> schema_;
};

/// Collects text; follows on the scratch database.
class TextSink final : public context::StatementSink {
 public:
  TextSink(std::string& text, const Scratch& scratch, std::vector<std::string> begin)
      : text_(&text), scratch_(&scratch), begin_(std::move(begin)) {}

  void append(const std::string& sql) { *text_ += sql + ";\n\n"; }
  void comment(const std::string& line) { *text_ += "-- " + line + "\n\n"; }
  void begin() {
    for (const std::string& statement : begin_) append(statement);
  }

  void execute(const sql::Statement& statement) override {
    const bool outside = statement.outside_transaction || autocommit_ || statement.backfill;
    if (outside) append("COMMIT");
    if (statement.backfill) {
      comment(fmt::format("A backfill: cupel runs this in batches of {} rows, one transaction each",
                          statement.backfill->batch));
    }
    append(statement.sql);
    if (outside) begin();
    scratch_->run(statement.sql);
  }
  driver::Rows query(const std::string&, const std::vector<Value>&) override {
    throw NotSupported("a query needs a live database, and this run only writes SQL text (--sql)");
  }
  void run_many(const std::string&, const std::vector<std::vector<Value>>&) override {
    throw Bug("offline inserts are written as literals");
  }
  bool set_autocommit(bool on) override { return std::exchange(autocommit_, on); }
  driver::Connection* connection() override { return nullptr; }
  sql::SchemaSource* schema() override { return scratch_->schema(); }

 private:
  std::string* text_;
  const Scratch* scratch_;
  std::vector<std::string> begin_;
  bool autocommit_ = false;
};

/// Where text gets its run session's statements from when there is no connection: a dialect's
/// session asks its connection only when it runs.
class Writer {
 public:
  Writer(const Environment& environment, std::vector<std::string> rows)
      : environment_(&environment),
        tables_(*environment.dialect, environment.settings),
        rows_(std::move(rows)),
        scratch_(environment, rows_),
        frame_(environment.dialect->transaction_frame(run_settings(environment.settings))),
        sink_(text_, scratch_, frame_.begin) {}

  std::string write(const revision::Plan& plan) {
    const bool single = single_transaction();
    for (const std::string& statement : frame_.prologue) sink_.append(statement);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      if (i == 0 || !single) sink_.begin();
      if (i == 0 && rows_.empty()) sink_.append(tables_.create_versions());
      write_step(plan.steps[i]);
      if (i + 1 == plan.steps.size() || !single) sink_.append("COMMIT");
    }
    for (const std::string& statement : frame_.epilogue) sink_.append(statement);
    return std::move(text_);
  }

  std::string write_tables() {
    sink_.append(tables_.create_versions());
    return std::move(text_);
  }

 private:
  bool single_transaction() const {
    if (environment_->settings.transaction == TransactionMode::Auto)
      return environment_->dialect->traits().one_transaction_per_run;
    return environment_->settings.transaction == TransactionMode::Run;
  }

  void write_step(const revision::Step& step) {
    sink_.comment("Running " + revision::short_log(step));
    if (step.direction != revision::Direction::Stamp) {
      context::Operations op(sink_, *environment_->dialect, environment_->settings.naming);
      op.set_arguments(environment_->arguments);
      environment_->migrations->get(environment_->migrations->graph().id(step.revision))
          .run(step.direction, op);
    }
    for (const std::string& statement : tables_.apply(step.rows)) sink_.append(statement);
  }

  const Environment* environment_;
  Tables tables_;
  std::vector<std::string> rows_;
  Scratch scratch_;
  dialect::TransactionFrame frame_;
  std::string text_;
  TextSink sink_;
};

struct Ends {
  std::vector<std::string> start;
  std::string end;
};

std::vector<std::string> ids_of(const revision::Graph& graph,
                                const std::vector<revision::Index>& revisions) {
  std::vector<std::string> ids;
  for (const revision::Index index : revisions) ids.push_back(graph.id(index));
  return ids;
}

Ends parse_ends(const Environment& environment, const std::string& range) {
  const revision::Graph& graph = environment.migrations->graph();
  graph.require_sound();
  if (!revision::is_range(range)) return {{}, range};
  const revision::TargetRange parsed = revision::parse_range(range);
  Ends ends;
  if (parsed.start) ends.start = ids_of(graph, revision::resolve(graph, *parsed.start));
  ends.end = parsed.end ? parsed.end->text : "heads";
  return ends;
}

}  // namespace

std::string upgrade_text(const Environment& environment, const std::string& range) {
  const Ends ends = parse_ends(environment, range);
  const revision::Plan plan =
      revision::upgrade_plan(environment.migrations->graph(), ends.start, ends.end);
  if (plan.steps.empty()) return {};
  return Writer(environment, ends.start).write(plan);
}

std::string downgrade_text(const Environment& environment, const std::string& range) {
  if (!revision::is_range(range)) {
    throw UsageError("downgrade with --sql requires <from>:<to>, got '" + range + "'",
                     "say where it starts: cupel downgrade head:" + range + " --sql");
  }
  const Ends ends = parse_ends(environment, range);
  const revision::Plan plan =
      revision::downgrade_plan(environment.migrations->graph(), ends.start, ends.end);
  if (plan.steps.empty()) return {};
  return Writer(environment, ends.start).write(plan);
}

std::string stamp_text(const Environment& environment, const std::vector<std::string>& targets) {
  std::vector<std::string> start;
  std::vector<std::string> ends = targets;
  if (targets.size() == 1 && revision::is_range(targets[0])) {
    Ends parsed = parse_ends(environment, targets[0]);
    start = std::move(parsed.start);
    ends = {parsed.end};
  }
  const revision::Plan plan = revision::stamp_plan(environment.migrations->graph(), start, ends);
  if (plan.steps.empty()) return {};
  return Writer(environment, start).write(plan);
}

std::string ensure_version_text(const Environment& environment) {
  return Writer(environment, {}).write_tables();
}

}  // namespace cupel::migrate
