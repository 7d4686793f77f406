// SPDX-License-Identifier: MIT
// The database as it is against what the project wants.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command/filter.hpp"
#include "command/ownership.hpp"
#include "cupel/command/autogenerate.hpp"
#include "cupel/diff/rules.hpp"

namespace cupel::command {

/// The live schema, as far as this project may have a say in it.
struct Live {
  model::Schema schema;
  std::string default_schema;  ///< empty if there is no database yet
};
/// The default schema and those in which the models or the revisions have something. A database
/// file that does not exist is empty, and is not made. `everything`: all schemas.
Live read_live(Project& project, bool everything = false);
/// The database of another URL, which must be of the project's kind, with all its schemas.
Live read_other(Project& project, const std::string& url);

/// Objects that are neither declared nor made by the project, those excluded by preset left out.
std::vector<Unmanaged> unmanaged_of(const std::vector<model::ObjectKey>& keys,
                                    const Filter& filter);

struct Comparison {
  Live live;
  diff::Difference difference;  ///< unmanaged is left out: see below
  std::vector<Unmanaged> unmanaged;
};
Comparison compare_with_models(Project& project, const Decisions& decisions);

/// diff::compare(), with a no to every question whether something was renamed: what is gone is
/// removed, what is new is added.
diff::Difference compare_refusing_renames(const model::Schema& from, const model::Schema& to,
                                          const diff::DiffRules& rules, diff::Options options);

/// Asks the project's database how it writes texts; null if there is no database yet.
std::unique_ptr<diff::Normalizer> normalizer_for(Project& project);

/// Throws unless the database's rows are the heads.
void require_at_heads(Project& project);

}  // namespace cupel::command
