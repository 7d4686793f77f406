// SPDX-License-Identifier: MIT
// Configuration: flags over environment over cupel.toml over defaults.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/options.hpp"
#include "cupel/command/project.hpp"

namespace cupel::cli {

/// Looks a variable up in the environment.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Throws UsageError (flags) and InputError (files, with line and column). Unknown keys are errors
/// with the nearest name.
command::Config load_config(const Files& files, const GlobalOptions& options,
                            const Environment& environment);

/// "250ms", "60s", "5m", "0"; a bare number is seconds. Throws UsageError that names `setting`.
std::chrono::milliseconds parse_duration(const std::string& text, const std::string& setting);

}  // namespace cupel::cli
