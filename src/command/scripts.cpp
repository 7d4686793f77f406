// SPDX-License-Identifier: MIT
// See scripts.hpp.
#include "cupel/command/scripts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace cupel::command {

std::string ScriptTrouble::where() const {
  if (place.line == 0) return place.file;
  const std::string line = fmt::format("{}:{}", place.file, place.line);
  return place.column == 0 ? line : fmt::format("{}:{}", line, place.column);
}

std::vector<ScriptTrouble> check_script(Project& project, const revision::Revision& revision) {
  std::vector<ScriptTrouble> troubles;
  for (alembic::ScriptFinding& finding : project.runtime().check(revision.path))
    troubles.push_back({revision.id, std::move(finding.place), std::move(finding.message),
                        std::move(finding.hint)});
  return troubles;
}

ScriptsReport check_scripts(Project& project) {
  ScriptsReport report;
  const revision::Graph& graph = project.graph();
  for (const revision::Problem& problem : graph.problems()) {
    if (!problem.path.ends_with(".py")) continue;
    ++report.broken;
    report.troubles.push_back(
        {{}, {problem.path, problem.line, problem.column}, problem.message, problem.hint});
  }
  for (const revision::Index index : graph.order()) {
    const revision::Revision& revision = graph.at(index);
    if (!revision.path.ends_with(".py")) continue;
    ++report.scripts;
    std::vector<ScriptTrouble> troubles = check_script(project, revision);
    if (!troubles.empty()) ++report.broken;
    std::move(troubles.begin(), troubles.end(), std::back_inserter(report.troubles));
  }
  return report;
}

}  // namespace cupel::command
