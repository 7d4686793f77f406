// SPDX-License-Identifier: MIT
// Rules about a project: its graph, its files, what git and the database say of them.
#pragma once

#include <vector>

#include "command/lint_range.hpp"

namespace cupel::command {

/// Findings without a revision are the project's; the others belong to revisions of the range.
std::vector<lint::Finding> judge_project(Project& project, const LintRange& range);

/// A finding of one of lint::project_rules(), with that rule's severity.
lint::Finding project_finding(std::string_view code, std::string message, FilePosition place = {});

}  // namespace cupel::command
