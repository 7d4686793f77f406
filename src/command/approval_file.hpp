// SPDX-License-Identifier: MIT
// The file of an approval: a line for each fact, for people and for `git diff`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// <script_location>/approvals
std::string approval_folder(const Project& project);
/// Nullopt if the revision has none. Throws InputError for a file that is no approval of it.
std::optional<migrate::Approval> read_approval(const Project& project, const std::string& revision);

std::string to_text(const migrate::Approval& approval, const std::vector<migrate::Loss>& losses);
migrate::Approval parse_approval(std::string_view text, const std::string& path);

}  // namespace cupel::command
