// SPDX-License-Identifier: MIT
// Texts of SQL that declare a schema, wherever they come from.
#pragma once

#include <string>
#include <vector>

#include "cupel/base/files.hpp"

namespace cupel::source {

struct Script {
  std::string name;  ///< in messages: a path, or "program 'python3 ddl.py'"
  std::string text;
};

/// The files that paths, folders (all *.sql below them) and patterns ("schema/**/*.sql") name, each
/// once, in the settings' order and sorted within an entry. Throws InputError for a path or pattern
/// that finds nothing: an empty target would mean that every table goes.
std::vector<Script> read_sql_files(const std::vector<std::string>& entries, const std::string& root,
                                   const Files& files);

}  // namespace cupel::source
