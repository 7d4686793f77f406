// SPDX-License-Identifier: MIT
// [post_write_hooks]: programs that are run on every new revision file, formatters for instance.
#pragma once

#include <string>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// Runs them in order, in the project's root. Throws Error for the first that fails, with its
/// words; the file stays.
void run_hooks(const Project& project, const std::string& path);

}  // namespace cupel::command
