// SPDX-License-Identifier: MIT
// Reports of upgrade --dry-run. See render_safety.hpp.
#include <fmt/core.h>

#include "cli/json.hpp"
#include "cli/render_safety.hpp"
#include "cli/render_schema.hpp"

namespace cupel::cli {
namespace {

std::string comment(const migrate::TriedStatement& tried) {
  if (!tried.is_tried) return "not tried: it runs outside of a transaction";
  std::string text = fmt::format("{:.1f} ms", milliseconds(tried.duration));
  if (tried.rows > 0) text += fmt::format(", {} row{}", tried.rows, tried.rows == 1 ? "" : "s");
  if (tried.backfill)
    text += fmt::format(", in one statement instead of batches of {}", tried.backfill->batch);
  return text;
}

/// A refused run says so itself; what is allowed is told here.
std::string lost(const std::vector<migrate::Loss>& losses) {
  if (losses.empty()) return {};
  std::string text = "-- What would be lost:\n";
  for (const migrate::Loss& loss : losses) text += "--   " + to_string(loss) + "\n";
  return text;
}

}  // namespace

std::string render_dry_run(const revision::Graph& graph, const command::DryRunReport& report) {
  std::string text;
  for (const revision::Step& step : report.trial.run.steps) {
    text += "-- Running " + revision::long_log(step) + "\n\n";
    for (const migrate::TriedStatement& tried : report.trial.statements) {
      if (tried.revision != graph.id(step.revision)) continue;
      text += tried.sql + ";\n-- " + comment(tried) + "\n\n";
    }
  }
  text += lost(report.trial.losses);
  if (report.findings.empty()) return text;
  text += "-- What the schema would have otherwise:\n";
  for (const diff::Finding& finding : report.findings) text += "--   " + finding.message + "\n";
  return text;
}

std::string json_dry_run(const revision::Graph& graph, const command::DryRunReport& report) {
  Json statements = Json::array();
  for (const migrate::TriedStatement& tried : report.trial.statements) {
    statements.push_back({{"revision", tried.revision},
                          {"sql", tried.sql},
                          {"path", tried.place.file},
                          {"line", tried.place.line},
                          {"tried", tried.is_tried},
                          {"duration_ms", milliseconds(tried.duration)},
                          {"rows", tried.rows}});
  }
  Json losses = Json::array();
  for (const migrate::Loss& loss : report.trial.losses) losses.push_back(json_of(loss));
  Json value = run(graph, report.trial.run);
  value["has_database"] = report.has_database;
  value["statements"] = statements;
  value["losses"] = losses;
  value["differences"] = findings(report.findings);
  return print(value);
}

}  // namespace cupel::cli
