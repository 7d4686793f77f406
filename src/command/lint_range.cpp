// SPDX-License-Identifier: MIT
// See lint_range.hpp.
#include "command/lint_range.hpp"

#include <algorithm>
#include <utility>

#include "command/git.hpp"
#include "cupel/base/text.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {
namespace {

class RangeFinder {
 public:
  RangeFinder(Project& project, const LintRequest& request)
      : project_(project), request_(request), graph_(project.graph()) {}

  LintRange run() {
    check();
    if (request_.with_database) ask_database();
    if (request_.all) {
      range_.revisions = graph_.order();
    } else if (!request_.since.empty()) {
      take_new_files();
    } else if (!request_.range.empty()) {
      range_.is_one_deploy = false;
      take_range();
    } else {
      take_unseen();
    }
    return std::move(range_);
  }

 private:
  void check() const {
    const int given = (request_.range.empty() ? 0 : 1) + (request_.all ? 1 : 0) +
                      (request_.since.empty() ? 0 : 1);
    if (given > 1)
      throw UsageError("a range, --since and --all exclude each other", "leave all but one out");
    if (request_.offline && request_.with_database)
      throw UsageError("--offline and --with-database exclude each other", "leave one of them out");
  }

  /// Throws if it was asked for and cannot be had.
  void ask_database() {
    if (!project_.database_exists()) return;
    migrate::Environment& environment = project_.environment(/*create=*/false);
    LintedDatabase& asked = range_.database.emplace();
    asked.state = migrate::read_state(environment);
    asked.server_version = environment.connection->server_version();
    asked.rows = project_.dialect().row_estimates(*environment.connection);
  }

  void take_unseen() {
    if (request_.offline) {
      range_.revisions = graph_.order();
      return;
    }
    try {
      if (!range_.database) ask_database();
    } catch (const DatabaseError& error) {
      range_.notes.push_back("the database cannot be asked, so all revisions are linted: " +
                             error.message());
      range_.revisions = graph_.order();
      return;
    }
    if (!range_.database) {
      range_.revisions = graph_.order();
      return;
    }
    range_.revisions = revision::pending(graph_, range_.database->state.rows);
    graph_.sort_by_rank(range_.revisions);
  }

  void take_new_files() {
    Git git(project_.config().root, project_.is_interrupted);
    range_.commit = git.fork_point(request_.since);
    const std::set<std::string> changed = git.changed_since(range_.commit);
    for (const revision::Index index : graph_.order()) {
      const std::string& path = graph_.at(index).path;
      if (!path.empty() && changed.contains(real_path(path))) range_.revisions.push_back(index);
    }
  }

  void take_range() {
    const std::string& text = request_.range;
    std::vector<std::string> rows;
    if (text.find("current") != std::string::npos) {
      if (!range_.database) ask_database();
      if (range_.database) rows = range_.database->state.rows;
    }
    range_.revisions = revision::is_range(text)
                           ? revision::history(graph_, revision::parse_range(text), rows)
                           : revision::resolve(graph_, text, rows);
    graph_.sort_by_rank(range_.revisions);
  }

  Project& project_;
  const LintRequest& request_;
  const revision::Graph& graph_;
  LintRange range_;
};

}  // namespace

LintRange find_lint_range(Project& project, const LintRequest& request) {
  return RangeFinder(project, request).run();
}

}  // namespace cupel::command
