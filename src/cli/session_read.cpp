// SPDX-License-Identifier: MIT
// What only looks: current, history, heads, branches, show. See session.hpp.
#include "cli/render.hpp"
#include "cli/session.hpp"

namespace cupel::cli {

int Session::current() {
  say_context();
  project().expect_environment();
  const command::CurrentReport report = command::current(project());
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  tell(wants_json() ? json_current(graph, report) : render_current(graph, report, given_.verbose));
  for (const std::string& id : report.resolved.unknown) {
    terminal_.warn("the database is at revision '" + id + "', which no file defines");
    terminal_.say(
        "  hint: bring its file back (another branch?), or let cupel doctor find out which "
        "revision it is");
  }
  if (!report.half_done.empty()) {
    terminal_.warn("the " + report.half_done.front().direction + " of '" +
                   report.half_done.front().revision +
                   "' was interrupted; run it again to finish it");
  }
  if (!given_.check_heads || report.at_heads) return kDone;
  if (options_.as_alembic)
    return fail(UsageError("Database is not on all head revisions", ""), kUsage);
  const std::size_t missing = report.pending.size();
  terminal_.error("the database is not at all heads: " +
                  (missing == 1 ? "1 revision is missing"
                                : std::to_string(missing) + " revisions are missing"));
  if (report.resolved.unknown.empty()) terminal_.say("  hint: cupel upgrade heads");
  return kFound;
}

int Session::history() {
  const bool wants_log = given_.verbose || wants_json();
  const command::HistoryReport report =
      command::history(project(), {given_.range, given_.indicate_current, wants_log});
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  return tell(wants_json() ? json_history(graph, report)
                           : render_history(graph, report, given_.verbose));
}

int Session::heads() {
  const auto list = command::heads(project(), given_.resolve_dependencies);
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  return tell(wants_json() ? json_revisions(graph, list)
                           : render_heads(graph, list, given_.verbose));
}

int Session::branches() {
  const auto list = command::branches(project());
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  return tell(wants_json() ? json_branches(graph, list)
                           : render_branches(graph, list, given_.verbose));
}

int Session::show() {
  const auto list = command::show(project(), given_.revision);
  warn_of_problems();
  const revision::Graph& graph = project().graph();
  return tell(wants_json() ? json_revisions(graph, list) : render_show(graph, list));
}

}  // namespace cupel::cli
