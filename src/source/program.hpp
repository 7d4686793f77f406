// SPDX-License-Identifier: MIT
// Programs that print DDL.
#pragma once

#include <string>

#include "cupel/source/target.hpp"
#include "source/script.hpp"

namespace cupel::source {

/// Runs a command line of the settings in their root. Throws InputError, with the end of what it
/// wrote to stderr, if it fails, does not end, or prints nothing.
Script run_program(const std::string& command_line, const Settings& settings, const Log& log);

}  // namespace cupel::source
