// SPDX-License-Identifier: MIT
// The settings that there are, by section and key: what cupel.toml may say, and --set.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/config_section.hpp"
#include "cupel/command/project.hpp"

namespace cupel::cli {

/// Sections with their keys. [lint] takes rules' codes as well, see read_lint().
const std::vector<std::pair<std::string, std::vector<std::string>>>& known_settings();
/// Names of the sections.
std::vector<std::string> known_sections();

/// Lays the sections of `table` over what `config` says; sections that it does not know are left
/// alone. `prefix` ("environments.production.") is what their names begin with in messages.
void apply_settings(command::Config& config, const toml::table& table, const Origin& origin,
                    const std::string& prefix);

/// [lint], over what was said `before`.
command::LintSettings read_lint(command::LintSettings before, const Section& section,
                                const std::string& prefix);

migrate::TransactionMode parse_transaction(const std::string& word);

}  // namespace cupel::cli
