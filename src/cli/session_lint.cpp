// SPDX-License-Identifier: MIT
// The command lint. See session.hpp.
#include <unistd.h>

#include <algorithm>

#include "cli/render_lint.hpp"
#include "cli/render_trace.hpp"
#include "cli/session.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

enum class Format { Text, Json, Sarif, Github };

Format parse_format(const std::string& word) {
  if (word.empty() || word == "text") return Format::Text;
  if (word == "json") return Format::Json;
  if (word == "sarif") return Format::Sarif;
  if (word == "github") return Format::Github;
  const std::vector<std::string> known{"text", "json", "sarif", "github"};
  const std::string nearest = text::nearest(word, known);
  throw UsageError("there is no format '" + word + "'",
                   nearest.empty() ? "there are text, json, sarif and github"
                                   : "did you mean '" + nearest + "'?");
}

/// Colours in data only where a person reads it.
Painter painter_for(const Terminal& terminal) {
  if (isatty(STDOUT_FILENO) != 0)
    return [&](Colour colour, std::string_view text) { return terminal.paint(colour, text); };
  return [](Colour, std::string_view text) { return std::string(text); };
}

std::string render(const command::LintReport& report, Format format, const Painter& paint) {
  switch (format) {
    case Format::Json:
      return json_lint(report);
    case Format::Sarif:
      return sarif_lint(report);
    case Format::Github:
      return github_lint(report);
    case Format::Text:
      break;
  }
  return render_lint(report, paint);
}

}  // namespace

int Session::explain_rules() {
  const Painter paint = painter_for(terminal_);
  if (given_.list_rules) {
    const std::vector<command::LintRule> all = command::all_lint_rules();
    return tell(wants_json() ? json_rules(all) : render_rule_list(all, paint));
  }
  const std::vector<command::LintRule> found = command::find_lint_rules(given_.explain);
  return tell(wants_json() ? json_rules(found) : render_rules(found, paint));
}

int Session::fix_lint(const command::LintReport& report, bool as_json) {
  const command::LintFixReport fixed = command::fix_lint(project(), report, given_.offline);
  for (const std::string& note : fixed.notes) terminal_.say("note: " + note);
  terminal_.data(as_json ? json_fixes(fixed) : render_fixes(fixed));
  std::size_t steps = 0;
  for (const command::LintFixReport::File& file : fixed.files) steps += file.steps;
  terminal_.say(std::to_string(steps) + " step(s) rewritten, " +
                std::to_string(fixed.by_hand.size()) + " to be rewritten by hand.");
  const auto others = std::count_if(
      report.findings.begin(), report.findings.end(), [](const command::LintFinding& it) {
        return it.fix.empty() && it.finding.severity >= lint::Severity::Warning;
      });
  if (others > 0)
    terminal_.say(std::to_string(others) + " other finding(s) have no one safe form: cupel lint " +
                  "shows them.");
  return fixed.by_hand.empty() ? kDone : kFound;
}

int Session::trace_lint(const command::LintRequest& request, bool as_json) {
  const command::TraceReport report = command::trace_lint(project(), request);
  for (const std::string& note : report.notes) terminal_.say("note: " + note);
  terminal_.data(as_json ? json_trace(report) : render_trace(report, painter_for(terminal_)));
  terminal_.say(report.is_as_foretold()
                    ? "All was rolled back. It took what the rules foretell."
                    : "All was rolled back. It took more than the rules foretell: see above.");
  return report.is_as_foretold() ? kDone : kFound;
}

int Session::lint() {
  if (given_.list_rules || !given_.explain.empty()) return explain_rules();
  const Format format = wants_json() ? Format::Json : parse_format(given_.report_format);
  command::LintRequest request;
  request.range = given_.range;
  request.all = given_.all;
  request.since = given_.since;
  request.with_downgrade = given_.with_downgrade;
  request.server_version = given_.server_version;
  request.with_database = given_.with_database;
  request.offline = given_.offline;
  if (given_.trace) return trace_lint(request, format == Format::Json);
  const command::LintReport report = command::lint(project(), request);
  if (given_.fix) return fix_lint(report, format == Format::Json);
  for (const std::string& note : report.notes) terminal_.say("note: " + note);
  terminal_.data(render(report, format, painter_for(terminal_)));
  terminal_.say(summary_of(report));
  return report.is_clean() ? kDone : kFound;
}

}  // namespace cupel::cli
