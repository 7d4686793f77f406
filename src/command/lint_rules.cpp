// SPDX-License-Identifier: MIT
// The rules of all databases in one list, and the words of their severities. See lint.hpp.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/command/lint.hpp"
#include "cupel/lint/judge.hpp"

namespace cupel::command {
namespace {

constexpr std::array<std::pair<std::string_view, lint::Severity>, 4> kWords{{
    {"off", lint::Severity::Off},
    {"notice", lint::Severity::Notice},
    {"warning", lint::Severity::Warning},
    {"error", lint::Severity::Error},
}};

bool is_same(const lint::Rule& a, const lint::Rule& b) {
  return a.code == b.code && a.severity == b.severity && a.fires_on == b.fires_on &&
         a.why == b.why && a.instead == b.instead;
}

class Catalogue {
 public:
  void add(std::span<const lint::Rule> rules, std::string_view database) {
    for (const lint::Rule& rule : rules) {
      const auto same = std::find_if(list_.begin(), list_.end(), [&](const LintRule& known) {
        return is_same(known.rule, rule);
      });
      LintRule& entry = same == list_.end() ? list_.emplace_back(LintRule{rule, {}}) : *same;
      if (!database.empty()) entry.databases.emplace_back(database);
    }
  }
  std::vector<LintRule> take() {
    std::stable_sort(list_.begin(), list_.end(), [](const LintRule& a, const LintRule& b) {
      return a.rule.code < b.rule.code;
    });
    return std::move(list_);
  }

 private:
  std::vector<LintRule> list_;
};

}  // namespace

std::vector<LintRule> all_lint_rules() {
  Catalogue catalogue;
  catalogue.add(lint::common_rules(), {});
  catalogue.add(lint::project_rules(), {});
  for (const dialect::Dialect* dialect : dialect::all_dialects())
    if (const auto own = dialect->make_lint()) catalogue.add(own->rules(), dialect->name());
  return catalogue.take();
}

std::vector<LintRule> find_lint_rules(std::string_view code) {
  const std::string wanted = text::to_upper(code);
  std::vector<LintRule> all = all_lint_rules();
  std::vector<std::string> codes;
  for (const LintRule& rule : all) codes.emplace_back(rule.rule.code);
  std::erase_if(all, [&](const LintRule& rule) { return rule.rule.code != wanted; });
  if (!all.empty()) return all;
  const std::string nearest = text::nearest(wanted, codes);
  throw UsageError(
      "there is no rule '" + std::string(code) + "'",
      nearest.empty() ? "cupel lint --list-rules shows them" : "did you mean '" + nearest + "'?");
}

lint::Severity parse_severity(std::string_view word) {
  std::vector<std::string> words;
  for (const auto& [name, severity] : kWords) {
    if (name == word) return severity;
    words.emplace_back(name);
  }
  const std::string nearest = text::nearest(word, words);
  throw UsageError(
      "a severity is off, notice, warning or error, got '" + std::string(word) + "'",
      nearest.empty() ? "write for instance \"warning\"" : "did you mean '" + nearest + "'?");
}

std::string_view to_string(lint::Severity severity) {
  return kWords[static_cast<std::size_t>(severity)].first;
}

}  // namespace cupel::command
