// SPDX-License-Identifier: MIT
// --set SECTION.KEY=VALUE.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/config_section.hpp"

namespace cupel::cli {

/// As if one more file said just this.
struct GivenSetting {
  std::vector<std::string> path;  ///< "database", "version_table"
  toml::table table;              ///< the same with its value
  Origin origin;

  const toml::node& value() const;
};

/// Throws UsageError for what is not of that form. VALUE is what TOML makes of it, otherwise a
/// text.
GivenSetting parse_setting(const std::string& typed);

/// Those of them that are `alembic.KEY`, by key: a text, or a list.
std::map<std::string, std::vector<std::string>> alembic_overrides(
    const std::vector<GivenSetting>& settings);

/// While it is caught: the same error as a mistake of the command line, if it speaks of a --set.
[[noreturn]] void rethrow_for_flag(const InputError& error);

}  // namespace cupel::cli
