// SPDX-License-Identifier: MIT
// See render_lint.hpp.
#include "cli/render_lint.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/json.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

using command::LintFinding;
using command::LintReport;
using command::to_string;
using lint::Severity;

Colour colour_of(Severity severity) {
  if (severity == Severity::Error) return Colour::Red;
  return severity == Severity::Warning ? Colour::Yellow : Colour::Blue;
}

std::string indented(const std::string& text, std::string_view indent) {
  std::string result;
  for (const std::string& line : text::split(text, '\n'))
    result += line.empty() ? "\n" : std::string(indent) + line + "\n";
  return result;
}

std::string place_of(const LintFinding& it) {
  const FilePosition& place = it.finding.place;
  if (place.file.empty()) return {};
  return place.line == 0 ? place.file + ": " : fmt::format("{}:{}: ", place.file, place.line);
}

std::string counted(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

class TextReport {
 public:
  TextReport(const LintReport& report, const Painter& paint) : report_(report), paint_(paint) {}

  std::string run() {
    for (const LintFinding& it : report_.findings) {
      if (it.finding.revision != revision_) begin_revision(it.finding.revision);
      add(it);
    }
    return std::move(text_);
  }

 private:
  void begin_revision(const std::string& id) {
    revision_ = id;
    if (!text_.empty()) text_ += "\n";
    const auto known =
        std::find_if(report_.revisions.begin(), report_.revisions.end(),
                     [&](const command::LintedRevision& revision) { return revision.id == id; });
    if (known == report_.revisions.end()) return;
    text_ += paint_(Colour::Bold, known->message.empty() ? id : id + ", " + known->message) + "\n";
  }

  void add(const LintFinding& it) {
    const lint::Finding& finding = it.finding;
    text_ += fmt::format("{}{} {}\n", place_of(it),
                         paint_(colour_of(finding.severity),
                                std::string(to_string(finding.severity)) + " " + finding.code +
                                    (it.is_downgrade ? " (downgrade)" : "") + ":"),
                         finding.message);
    if (!it.source_line.empty()) text_ += "    " + paint_(Colour::Dim, it.source_line) + "\n";
    if (!finding.safe.empty()) {
      text_ += "  instead:\n";
      for (const std::string& line : finding.safe) text_ += indented(line, "    ");
    } else if (!it.advice.empty()) {
      const std::string rest = indented(it.advice, "           ");
      text_ += "  instead: " + rest.substr(std::min<std::size_t>(11, rest.size()));
    }
  }

  const LintReport& report_;
  const Painter& paint_;
  std::string text_;
  std::string revision_;
};

std::string github_escape(std::string text, bool is_property) {
  text = text::replace_all(std::move(text), "%", "%25");
  text = text::replace_all(std::move(text), "\r", "%0D");
  text = text::replace_all(std::move(text), "\n", "%0A");
  if (!is_property) return text;
  text = text::replace_all(std::move(text), ":", "%3A");
  return text::replace_all(std::move(text), ",", "%2C");
}

std::string shown_databases(const command::LintRule& rule) {
  return rule.databases.empty() ? "all databases" : text::join(rule.databases, ", ");
}

}  // namespace

std::string render_lint(const LintReport& report, const Painter& paint) {
  return TextReport(report, paint).run();
}

std::string summary_of(const LintReport& report) {
  std::string text = counted(report.revisions.size(), "revision") + " linted: ";
  if (report.findings.empty()) return text + "nothing found.";
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Notice})
    if (const std::size_t count = report.count(severity); count > 0)
      parts.push_back(counted(count, to_string(severity)));
  return text + text::join(parts, ", ") + ".";
}

std::string json_lint(const LintReport& report) {
  Json revisions = Json::array();
  for (const command::LintedRevision& it : report.revisions)
    revisions.push_back({{"revision", it.id}, {"message", it.message}, {"path", it.path}});
  Json findings = Json::array();
  for (const LintFinding& it : report.findings) {
    const lint::Finding& finding = it.finding;
    Json entry = {
        {"code", finding.code},         {"severity", to_string(finding.severity)},
        {"revision", finding.revision}, {"direction", it.is_downgrade ? "downgrade" : "upgrade"},
        {"path", finding.place.file},   {"line", finding.place.line},
        {"source", it.source_line},     {"object", finding.object},
        {"message", finding.message},   {"safe", finding.safe},
        {"advice", it.advice},          {"fixable", !it.fix.empty()}};
    if (finding.rows >= 0) entry["rows"] = finding.rows;
    findings.push_back(std::move(entry));
  }
  return print({{"clean", report.is_clean()},
                {"database", report.database},
                {"errors", report.count(Severity::Error)},
                {"warnings", report.count(Severity::Warning)},
                {"notices", report.count(Severity::Notice)},
                {"revisions", revisions},
                {"findings", findings},
                {"notes", report.notes}});
}

std::string github_lint(const LintReport& report) {
  std::string text;
  for (const LintFinding& it : report.findings) {
    const lint::Finding& finding = it.finding;
    std::string properties;
    if (!finding.place.file.empty()) {
      properties += "file=" + github_escape(finding.place.file, true);
      if (finding.place.line != 0) properties += fmt::format(",line={}", finding.place.line);
      properties += ",";
    }
    properties += "title=" + finding.code;
    std::string message = finding.message;
    const std::string safe = finding.safe.empty() ? it.advice : text::join(finding.safe, "\n");
    if (!safe.empty()) message += "\nInstead:\n" + safe;
    text += fmt::format("::{} {}::{}\n", to_string(finding.severity), properties,
                        github_escape(message, false));
  }
  return text;
}

std::string render_fixes(const command::LintFixReport& report) {
  std::string text;
  for (const command::LintFixReport::File& file : report.files) text += file.diff;
  for (const auto& [it, reason] : report.by_hand) {
    text += fmt::format("{}{}: {}\n  left to you: {}\n  write instead:\n{}", place_of(it),
                        it.finding.code, it.finding.message, reason, indented(it.fix, "    "));
  }
  return text;
}

std::string json_fixes(const command::LintFixReport& report) {
  Json files = Json::array();
  for (const command::LintFixReport::File& file : report.files)
    files.push_back({{"path", file.path}, {"steps", file.steps}, {"diff", file.diff}});
  Json by_hand = Json::array();
  for (const auto& [it, reason] : report.by_hand) {
    by_hand.push_back({{"code", it.finding.code},
                       {"revision", it.finding.revision},
                       {"path", it.finding.place.file},
                       {"line", it.finding.place.line},
                       {"message", it.finding.message},
                       {"reason", reason},
                       {"instead", it.fix}});
  }
  return print({{"files", files}, {"by_hand", by_hand}, {"notes", report.notes}});
}

std::string render_rules(const std::vector<command::LintRule>& rules, const Painter& paint) {
  std::string text;
  for (const command::LintRule& it : rules) {
    if (!text.empty()) text += "\n";
    text += paint(Colour::Bold, fmt::format("{}: {}", it.rule.code, it.rule.fires_on)) + "\n";
    text += fmt::format("  {}, {}\n", to_string(it.rule.severity), shown_databases(it));
    text += "why:\n" + indented(std::string(it.rule.why), "  ");
    text += "instead:\n" + indented(std::string(it.rule.instead), "  ");
    text += fmt::format(
        "if it is meant:\n  -- cupel: allow {0} because <reason>     before the statement, in "
        "Python # cupel: ...\n  {0} = \"off\"     in [lint] of cupel.toml, or another severity\n",
        it.rule.code);
  }
  return text;
}

std::string render_rule_list(const std::vector<command::LintRule>& rules, const Painter& paint) {
  std::string text;
  for (const command::LintRule& it : rules) {
    text += fmt::format(
        "{}  {}  {}{}\n", it.rule.code,
        paint(colour_of(it.rule.severity), fmt::format("{:7}", to_string(it.rule.severity))),
        it.rule.fires_on, it.databases.empty() ? "" : " (" + text::join(it.databases, ", ") + ")");
  }
  return text;
}

std::string json_rules(const std::vector<command::LintRule>& rules) {
  Json list = Json::array();
  for (const command::LintRule& it : rules) {
    list.push_back({{"code", it.rule.code},
                    {"severity", to_string(it.rule.severity)},
                    {"databases", it.databases},
                    {"fires_on", it.rule.fires_on},
                    {"why", it.rule.why},
                    {"instead", it.rule.instead}});
  }
  return print(list);
}

}  // namespace cupel::cli
