// SPDX-License-Identifier: MIT
// See read.hpp.
#include "cupel/command/read.hpp"

#include <algorithm>

#include "cupel/driver/url.hpp"

namespace cupel::command {
namespace {

std::vector<std::string> rows_of(Project& project) {
  if (!project.database_exists()) return {};
  return migrate::read_rows(project.environment(/*create=*/false));
}

std::vector<std::string> ids_of(const revision::Graph& graph,
                                const std::vector<revision::Index>& revisions) {
  std::vector<std::string> ids;
  for (const revision::Index index : revisions) ids.push_back(graph.id(index));
  return ids;
}

std::vector<revision::Index> applied_heads(const revision::Graph& graph,
                                           const std::vector<revision::Index>& known) {
  const std::vector<char> applied = graph.mark_ancestors(known);
  const auto is_applied = [&](revision::Index index) {
    return applied[static_cast<std::size_t>(index)] != 0;
  };
  std::vector<revision::Index> heads;
  for (const revision::Index index : graph.order()) {
    const auto children = graph.children(index);
    if (is_applied(index) && std::none_of(children.begin(), children.end(), is_applied))
      heads.push_back(index);
  }
  return heads;
}

bool speaks_of_current(const std::string& text) {
  return text.find("current") != std::string::npos;
}

}  // namespace

CurrentReport current(Project& project) {
  CurrentReport report;
  report.url = driver::to_display(project.url());
  report.rows = rows_of(project);
  const revision::Graph& graph = project.graph();
  report.resolved = revision::resolve_rows(graph, report.rows);
  report.heads = applied_heads(graph, report.resolved.known);
  report.at_heads = revision::is_at_heads(graph, report.rows);
  report.pending = revision::pending(graph, report.rows);
  if (!report.rows.empty() || !report.pending.empty()) {
    if (project.offline_environment().connection != nullptr)
      report.half_done = migrate::still_half_done(migrate::read_journal(project.environment()),
                                                  graph, report.rows);
  }
  return report;
}

HistoryReport history(Project& project, const HistoryRequest& request) {
  const revision::Graph& graph = project.graph();
  HistoryReport report;
  std::vector<std::string> rows;
  if (request.with_current || speaks_of_current(request.range)) {
    rows = rows_of(project);
    report.current = ids_of(graph, revision::resolve_rows(graph, rows).known);
  }
  if (request.with_applied) {
    try {
      if (project.database_exists())
        report.applied = migrate::read_state(project.environment(/*create=*/false)).history;
    } catch (const DatabaseError& error) {
      log(project.log, LogLevel::Warning, "history",
          std::string("without the log of what ran: ") + error.what());
    } catch (const UsageError& error) {
      log(project.log, LogLevel::Debug, "history",
          std::string("without the log of what ran: ") + error.what());
    }
  }
  report.revisions = request.range.empty()
                         ? revision::history(graph)
                         : revision::history(graph, revision::parse_range(request.range), rows);
  return report;
}

std::vector<revision::Index> heads(Project& project, bool resolve_dependencies) {
  return resolve_dependencies ? project.graph().real_heads() : project.graph().heads();
}

std::vector<revision::Index> branches(Project& project) { return project.graph().branchpoints(); }

std::vector<revision::Index> show(Project& project, const std::string& name) {
  if (name == "heads") return project.graph().real_heads();
  const std::vector<std::string> rows =
      speaks_of_current(name) ? rows_of(project) : std::vector<std::string>{};
  return revision::resolve(project.graph(), name, rows);
}

}  // namespace cupel::command
