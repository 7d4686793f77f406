// SPDX-License-Identifier: MIT
// [lint]: rules by their codes, beside settings. See config_settings.hpp.
#include "cli/config_settings.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/lint.hpp"

namespace cupel::cli {
namespace {

/// Named only: the name has overloads elsewhere.
lint::Severity parse_rule_severity(const std::string& word) {
  return command::parse_severity(word);
}

lint::Severity parse_fail_on(const std::string& word) {
  if (word == "notice" || word == "warning" || word == "error")
    return command::parse_severity(word);
  throw UsageError("fail_on must be notice, warning or error, got '" + word + "'",
                   "warning is what it is if you leave it out");
}

std::vector<std::string> lint_codes() {
  std::vector<std::string> codes{"ALL"};
  for (const command::LintRule& rule : command::all_lint_rules())
    codes.emplace_back(rule.rule.code);
  return codes;
}

InputError unknown_rule(const Section& section, const toml::key& key,
                        const std::vector<std::string>& codes,
                        const std::vector<std::string>& settings) {
  const std::string word(key.str());
  std::vector<std::string> known = codes;
  known.insert(known.end(), settings.begin(), settings.end());
  std::string nearest = text::nearest(text::to_upper(word), known);
  if (nearest.empty()) nearest = text::nearest(word, known);
  return section.origin().wrong(key.source(),
                                "there is no rule and no setting '" + word + "' in [lint]",
                                nearest.empty() ? "cupel lint --list-rules shows the rules"
                                                : "did you mean '" + nearest + "'?");
}

/// What is no setting is a rule's code, or "all".
void read_severities(const Section& section, command::LintSettings::Severities& target,
                     const std::vector<std::string>& settings) {
  std::vector<std::string> codes;
  for (const auto& [key, value] : section.table()) {
    const std::string word(key.str());
    if (std::find(settings.begin(), settings.end(), word) != settings.end()) continue;
    if (codes.empty()) codes = lint_codes();
    const std::string code = text::to_upper(word);
    if (std::find(codes.begin(), codes.end(), code) == codes.end())
      throw unknown_rule(section, key, codes, settings);
    section.read(word.c_str(), target[code], parse_rule_severity);
  }
}

void read_paths(command::LintSettings& settings, const Section& section,
                const std::string& prefix) {
  const toml::node* node = section.get("paths");
  if (node == nullptr) return;
  const std::string shape = "[lint.paths.\"versions/2023*\"]";
  const toml::table* all = node->as_table();
  if (all == nullptr)
    throw section.origin().wrong(node->source(), "'paths' must hold sections: " + shape);
  for (const auto& [pattern, value] : *all) {
    const std::string name(pattern.str());
    if (value.as_table() == nullptr)
      throw section.origin().wrong(value.source(), "'" + name + "' must be a section: " + shape);
    const Section part(*value.as_table(), prefix + "lint.paths.\"" + name + "\"", section.origin());
    read_severities(
        part, settings.paths.emplace_back(name, command::LintSettings::Severities()).second, {});
  }
}

void read_names(command::LintSettings& settings, const Section& section,
                const std::string& prefix) {
  const std::optional<Section> names = section.find_section("names", prefix + "lint.names");
  if (!names) return;
  const std::vector<std::string> kinds{"table",  "column",     "index", "primary",
                                       "unique", "foreignkey", "check"};
  names->check_keys(kinds);
  for (const std::string& kind : kinds)
    if (names->get(kind.c_str()) != nullptr) names->read(kind.c_str(), settings.names[kind]);
}

}  // namespace

command::LintSettings read_lint(command::LintSettings before, const Section& section,
                                const std::string& prefix) {
  command::LintSettings settings = std::move(before);
  section.read("small_table_rows", settings.small_table_rows);
  section.read("fail_on", settings.fail_on, parse_fail_on);
  const auto& known = known_settings();
  const auto own =
      std::find_if(known.begin(), known.end(), [](const auto& it) { return it.first == "lint"; });
  read_severities(section, settings.severities, own->second);
  read_paths(settings, section, prefix);
  read_names(settings, section, prefix);
  return settings;
}

}  // namespace cupel::cli
