// SPDX-License-Identifier: MIT
// Findings of lint as SARIF. See render_lint.hpp.
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "cli/json.hpp"
#include "cli/render_lint.hpp"
#include "cupel/base/text.hpp"
#include "cupel/base/version.hpp"

namespace cupel::cli {
namespace {

using lint::Severity;

std::string level_of(Severity severity) {
  return severity == Severity::Notice ? "note" : std::string(command::to_string(severity));
}

/// A relative path as a URI reference, or an absolute one with its scheme.
std::string uri_of(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          std::string_view("/._-~").find(c) != std::string_view::npos;
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

Json rule_entry(const lint::Rule& rule) {
  return {{"id", rule.code},
          {"shortDescription", {{"text", rule.fires_on}}},
          {"fullDescription", {{"text", rule.why}}},
          {"help", {{"text", rule.instead}}},
          {"defaultConfiguration", {{"level", level_of(rule.severity)}}}};
}

class Sarif {
 public:
  explicit Sarif(const command::LintReport& report) : report_(report) {}

  std::string run() {
    Json results = Json::array();
    for (const command::LintFinding& it : report_.findings) results.push_back(result(it));
    const Json driver = {{"name", "cupel"}, {"version", library_version()}, {"rules", rules_}};
    const Json one = {
        {"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
    return print({{"$schema",
                   "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                   "sarif-schema-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({one})}});
  }

 private:
  std::size_t rule_index(const std::string& code) {
    const auto [it, is_new] = indexes_.emplace(code, rules_.size());
    if (is_new) rules_.push_back(rule_entry(rule_of(code)));
    return it->second;
  }
  /// Where two databases mean different things by a code: the report's.
  lint::Rule rule_of(const std::string& code) const {
    const std::vector<command::LintRule> all = command::find_lint_rules(code);
    for (const command::LintRule& it : all)
      for (const std::string& database : it.databases)
        if (database == report_.database) return it.rule;
    return all.front().rule;
  }

  Json result(const command::LintFinding& it) {
    const lint::Finding& finding = it.finding;
    std::string text = finding.message;
    const std::string safe = finding.safe.empty() ? it.advice : text::join(finding.safe, "\n");
    if (!safe.empty()) text += "\nInstead:\n" + safe;
    Json entry = {{"ruleId", finding.code},
                  {"ruleIndex", rule_index(finding.code)},
                  {"level", level_of(finding.severity)},
                  {"message", {{"text", text}}}};
    // Code scanning shows nothing that has no line in a file.
    const std::string& file =
        finding.place.file.empty() ? report_.configuration : finding.place.file;
    if (!file.empty()) {
      const Json physical = {
          {"artifactLocation", {{"uri", uri_of(file)}}},
          {"region", {{"startLine", std::max<std::size_t>(finding.place.line, 1)}}}};
      entry["locations"] = Json::array({{{"physicalLocation", physical}}});
    }
    entry["partialFingerprints"] = {{"cupelFinding/v1", text::checksum(mark_of(it))}};
    return entry;
  }

  /// The same finding in another run, whatever line it has moved to.
  std::string mark_of(const command::LintFinding& it) {
    const lint::Finding& finding = it.finding;
    const std::string mark = finding.code + " " + finding.revision + " " + finding.object + " " +
                             (it.is_downgrade ? "down " : "up ") + it.source_line;
    const int before = marks_[mark]++;
    return before == 0 ? mark : mark + " " + std::to_string(before);
  }

  const command::LintReport& report_;
  Json rules_ = Json::array();
  std::map<std::string, std::size_t> indexes_;
  std::map<std::string, int> marks_;  ///< how often each was there
};

}  // namespace

std::string sarif_lint(const command::LintReport& report) { return Sarif(report).run(); }

}  // namespace cupel::cli
