// SPDX-License-Identifier: MIT
// Changes of cupel.toml that leave everything else in it as people wrote it.
#pragma once

#include <string>
#include <vector>

namespace cupel::cli {

/// The text of a configuration with `values` added to the list `key` of [section]; both are made if
/// they are missing, and what is in the list already is not added again. `path` is for errors.
/// Throws InputError for a text that is no TOML, or where the key is no list.
std::string with_list_values(const std::string& text, const std::string& path,
                             const std::string& section, const std::string& key,
                             const std::vector<std::string>& values);

}  // namespace cupel::cli
