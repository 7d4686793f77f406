// SPDX-License-Identifier: MIT
// The calls of revisions that are code: .py and .cpp. See lint_edit.hpp.
#pragma once

#include <string>

#include "command/lint_edit.hpp"

namespace cupel::command {

FoundEdit find_python_call(const std::string& path, const std::string& text,
                           const LintFinding& finding);
FoundEdit find_cpp_call(const std::string& text, const LintFinding& finding);

}  // namespace cupel::command
