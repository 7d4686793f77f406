// SPDX-License-Identifier: MIT
// Parts of a schema.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/model/object.hpp"

namespace cupel::command {

/// True if a pattern ("user*", "audit.*") matches the name, with or without its schema.
bool matches_any(const std::vector<std::string>& patterns, const model::ObjectName& name,
                 const std::string& default_schema);

/// Keeps the tables and views that a pattern matches, their triggers and sequences, and the types
/// that their columns use; foreign keys to other tables are dropped. Throws UsageError if a pattern
/// matches nothing.
void select_tables(model::Schema& schema, const std::vector<std::string>& patterns,
                   const std::string& default_schema);

}  // namespace cupel::command
