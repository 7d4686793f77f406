// SPDX-License-Identifier: MIT
// How much a finding counts in this project, and what its reader is shown with it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cupel/command/lint.hpp"
#include "cupel/lint/judge.hpp"

namespace cupel::command {

/// Borrows the project.
class LintVerdicts {
 public:
  LintVerdicts(Project& project, const lint::DialectLint* dialect_lint);
  /// Gives it its path, its severity, its advice and its source line; false if it is off.
  bool settle(LintFinding& found);
  /// As people and services know it: a compiled revision has the whole path of its file.
  std::string shown_path(const std::string& file);
  /// The advice for a finding with this message, instead of its rule's.
  void set_hint(const std::string& message, std::string hint) { hints_[message] = std::move(hint); }
  /// What is wrong with a suppression that hid nothing; empty: it is not lint's to judge, or that
  /// of another database.
  std::string about_unused(const std::string& code) const;

 private:
  std::optional<lint::Severity> configured(const lint::Finding& finding) const;
  bool fits(const std::string& path, const std::string& pattern) const;
  std::string source_line(const FilePosition& place);

  Project& project_;
  std::map<std::string, lint::Rule> rules_;
  std::string root_;                          ///< the whole path of the project's folder
  std::map<std::string, std::string> hints_;  ///< by message
  std::string shown_file_;                    ///< the one whose lines are at hand
  std::vector<std::string> shown_lines_;
};

}  // namespace cupel::command
