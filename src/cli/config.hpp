// SPDX-License-Identifier: MIT
// Configuration: flags over --set over environment over cupel.toml over defaults.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/options.hpp"
#include "cupel/command/project.hpp"

namespace cupel::cli {

/// Looks a variable up in the environment.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Throws UsageError (flags, --set) and InputError (files, with line and column). Unknown keys are
/// errors with the nearest name.
command::Config load_config(const Files& files, const GlobalOptions& options,
                            const Environment& environment);

}  // namespace cupel::cli
