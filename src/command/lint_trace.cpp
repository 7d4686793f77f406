// SPDX-License-Identifier: MIT
// See lint_trace.hpp. The statements are those that lint judges; the dialect runs them.
#include "cupel/command/lint_trace.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "command/lint_range.hpp"
#include "command/lint_steps.hpp"
#include "cupel/sql/splitter.hpp"
#include "lint/replayed_schema.hpp"

namespace cupel::command {
namespace {

class Tracer {
 public:
  Tracer(Project& project, const LintRequest& request)
      : project_(project), request_(request), graph_(project.graph()) {}

  TraceReport run() {
    graph_.require_sound();
    LintRequest request = request_;
    request.with_database = true;
    range_ = find_lint_range(project_, request);
    if (!range_.database) {
      throw UsageError("there is no database to trace on",
                       "name one with --url; nothing of what runs there is kept");
    }
    own_lint_ = project_.dialect().make_lint();
    report_.notes = range_.notes;
    collect();
    migrate::Environment& environment = project_.environment(/*create=*/false);
    report_.url = driver::to_display(project_.url());
    const model::Schema schema =
        project_.dialect().make_inspector(*environment.connection)->inspect({.all_schemas = true});
    std::vector<lint::TracedStatement> traced =
        project_.dialect().trace(*environment.connection, statements_, schema);
    for (std::size_t i = 0; i < traced.size(); ++i)
      report_.revisions[revision_of_[i]].statements.push_back(std::move(traced[i]));
    return std::move(report_);
  }

 private:
  void collect() {
    const StepReaderSettings reading{own_lint_.get(), range_.database->server_version};
    for (const revision::Index index : graph_.order()) {
      const bool is_traced = std::find(range_.revisions.begin(), range_.revisions.end(), index) !=
                             range_.revisions.end();
      const script::Migration& migration = project_.migrations().get(graph_.id(index));
      if (is_traced) {
        report_.revisions.push_back(
            {{graph_.id(index), graph_.at(index).message, graph_.at(index).path}, {}});
      }
      read_steps(project_, migration, revision::Direction::Upgrade, reading, state_,
                 /*in_full=*/is_traced, [&](const lint::Step& step) {
                   if (is_traced) take(step);
                   state_.apply(step);
                 });
    }
  }

  void take(const lint::Step& step) {
    for (const sql::StatementText& it :
         sql::split_statements(step.sql, project_.dialect().lex_rules())) {
      statements_.push_back(it.text);
      revision_of_.push_back(report_.revisions.size() - 1);
    }
  }

  Project& project_;
  const LintRequest& request_;
  const revision::Graph& graph_;
  LintRange range_;
  std::unique_ptr<lint::DialectLint> own_lint_;
  lint::ReplayedSchema state_;
  std::vector<std::string> statements_;
  std::vector<std::size_t> revision_of_;
  TraceReport report_;
};

}  // namespace

bool is_as_foretold(const lint::TracedStatement& statement) {
  const auto foretold = [&](const lint::TracedLock& lock) {
    // What hinders no application is not foretold either.
    const bool is_weak =
        lock.mode == "ACCESS SHARE" || lock.mode == "ROW SHARE" || lock.mode == "ROW EXCLUSIVE";
    return is_weak || std::find(statement.foretold_locks.begin(), statement.foretold_locks.end(),
                                lock) != statement.foretold_locks.end();
  };
  const auto expected = [&](const model::ObjectName& table) {
    const auto& work = statement.foretold_work;
    return std::find(work.begin(), work.end(), table) != work.end();
  };
  return std::all_of(statement.locks.begin(), statement.locks.end(), foretold) &&
         std::all_of(statement.rewritten.begin(), statement.rewritten.end(), expected);
}

bool TraceReport::is_as_foretold() const {
  return std::all_of(revisions.begin(), revisions.end(), [](const TracedRevision& revision) {
    return std::all_of(revision.statements.begin(), revision.statements.end(),
                       [](const auto& it) { return command::is_as_foretold(it); });
  });
}

TraceReport trace_lint(Project& project, const LintRequest& request) {
  return Tracer(project, request).run();
}

}  // namespace cupel::command
