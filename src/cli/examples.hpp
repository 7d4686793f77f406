// SPDX-License-Identifier: MIT
// A few lines to copy for each command.
#pragma once

#include <string>

namespace cupel::cli {

/// The end of each --help. The first line is shown when an argument is missing.
std::string examples(const std::string& name);

}  // namespace cupel::cli
