// SPDX-License-Identifier: MIT
// Reports of the commands that compare schemas, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"

namespace cupel::cli {

/// One line each, notes below it.
std::string render_findings(const std::vector<diff::Finding>& findings);
/// "table 'checkpoints' (LangGraph)"
std::string render_unmanaged(const command::Unmanaged& unmanaged);

std::string json_check(const command::CheckReport& report);
std::string json_generate(const command::GenerateReport& report);

}  // namespace cupel::cli
