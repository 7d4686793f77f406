// SPDX-License-Identifier: MIT
// Reports of lint: for people, for programs, and in the forms that CI servers read.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "cupel/command/lint.hpp"

namespace cupel::cli {

using Painter = std::function<std::string(Colour, std::string_view)>;

/// Grouped by revision: place, severity and code, the source line, the safe way indented below.
std::string render_lint(const command::LintReport& report, const Painter& paint);
/// "3 revisions linted: 2 errors, 1 warning, 4 notices."
std::string summary_of(const command::LintReport& report);
std::string json_lint(const command::LintReport& report);
/// SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/
std::string sarif_lint(const command::LintReport& report);
/// Workflow commands of GitHub Actions, one a line: they become annotations of the change.
std::string github_lint(const command::LintReport& report);

/// The files as they have changed, and what to write by hand.
std::string render_fixes(const command::LintFixReport& report);
std::string json_fixes(const command::LintFixReport& report);

/// All that is known of the rules that one code names.
std::string render_rules(const std::vector<command::LintRule>& rules, const Painter& paint);
/// One line each.
std::string render_rule_list(const std::vector<command::LintRule>& rules, const Painter& paint);
std::string json_rules(const std::vector<command::LintRule>& rules);

}  // namespace cupel::cli
