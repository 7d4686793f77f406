// SPDX-License-Identifier: MIT
// What revisions really took: lint --trace.
#pragma once

#include <string>

#include "cli/render_lint.hpp"
#include "cupel/command/lint_trace.hpp"

namespace cupel::cli {

/// Statement by statement: its time, locks, tables written anew and read, and what was not
/// foretold.
std::string render_trace(const command::TraceReport& report, const Painter& paint);
std::string json_trace(const command::TraceReport& report);

}  // namespace cupel::cli
