// SPDX-License-Identifier: MIT
// See lint_verdicts.hpp.
#include "command/lint_verdicts.hpp"

#include <algorithm>
#include <utility>

#include "command/git.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {

using lint::Severity;

LintVerdicts::LintVerdicts(Project& project, const lint::DialectLint* dialect_lint)
    : project_(project) {
  const auto take = [&](std::span<const lint::Rule> rules) {
    for (const lint::Rule& rule : rules) rules_[std::string(rule.code)] = rule;
  };
  take(lint::common_rules());
  take(lint::project_rules());
  if (dialect_lint != nullptr) take(dialect_lint->rules());
}

bool LintVerdicts::settle(LintFinding& found) {
  lint::Finding& finding = found.finding;
  finding.place.file = shown_path(finding.place.file);
  const auto rule = rules_.find(finding.code);
  if (const std::optional<Severity> wanted = configured(finding)) {
    // A small table makes less of a rule than anybody configures.
    const bool is_lowered = rule != rules_.end() && finding.severity < rule->second.severity;
    finding.severity = is_lowered ? std::min(finding.severity, *wanted) : *wanted;
  }
  if (finding.severity == Severity::Off) return false;
  if (const auto hint = hints_.find(finding.message); hint != hints_.end()) {
    found.advice = hint->second;
  } else if (rule != rules_.end()) {
    found.advice = rule->second.instead;
  }
  found.source_line = source_line(finding.place);
  return true;
}

std::string LintVerdicts::shown_path(const std::string& file) {
  const std::string& root = project_.config().root;
  if (!file.starts_with('/') || root.starts_with('/')) return file;
  if (root_.empty()) root_ = real_path(root) + "/";
  if (!file.starts_with(root_)) return file;
  const std::string rest = file.substr(root_.size());
  return root == "." ? rest : path::join(root, rest);
}

std::string LintVerdicts::about_unused(const std::string& code) const {
  if (code.starts_with("VF")) return {};  // verify's
  if (rules_.contains(code)) return "'allow " + code + "' hides nothing";
  std::vector<std::string> codes;
  for (const LintRule& known : all_lint_rules()) {
    if (known.rule.code == code) return {};
    codes.emplace_back(known.rule.code);
  }
  const std::string nearest = text::nearest(code, codes);
  return "'allow " + code + "': there is no such rule" +
         (nearest.empty() ? "" : ", did you mean '" + nearest + "'?");
}

std::optional<Severity> LintVerdicts::configured(const lint::Finding& finding) const {
  const LintSettings& settings = project_.config().lint;
  std::optional<Severity> result;
  const auto look = [&](const LintSettings::Severities& severities) {
    for (const std::string& key : {std::string("ALL"), finding.code})
      if (const auto it = severities.find(key); it != severities.end()) result = it->second;
  };
  look(settings.severities);
  for (const auto& [pattern, severities] : settings.paths)
    if (fits(finding.place.file, pattern)) look(severities);
  return result;
}

/// The path as it is written, below the configuration's folder, or below the scripts'.
bool LintVerdicts::fits(const std::string& path, const std::string& pattern) const {
  if (path.empty()) return false;
  const auto below = [&](std::string folder) {
    if (folder == "." || folder.empty()) return path;
    folder += "/";
    return path.starts_with(folder) ? path.substr(folder.size()) : path;
  };
  const std::string scripts = project_.path_of(project_.config().script_location);
  return text::matches_pattern(path, pattern) ||
         text::matches_pattern(below(project_.config().root), pattern) ||
         text::matches_pattern(below(scripts), pattern);
}

std::string LintVerdicts::source_line(const FilePosition& place) {
  if (place.line == 0 || place.file.empty()) return {};
  if (place.file != shown_file_) {
    shown_file_ = place.file;
    shown_lines_.clear();
    if (project_.files().is_file(place.file))
      shown_lines_ = text::split(project_.files().read(place.file), '\n');
  }
  if (place.line > shown_lines_.size()) return {};
  return std::string(text::trim(shown_lines_[place.line - 1]));
}

}  // namespace cupel::command
