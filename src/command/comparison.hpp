// SPDX-License-Identifier: MIT
// The database as it is against what the project wants.
#pragma once

#include <string>
#include <vector>

#include "command/filter.hpp"
#include "command/ownership.hpp"
#include "cupel/command/autogenerate.hpp"

namespace cupel::command {

/// The live schema, as far as this project may have a say in it.
struct Live {
  model::Schema schema;
  std::string default_schema;  ///< empty if there is no database yet
};
/// The default schema and those in which the models or the revisions have something. A database
/// file that does not exist is empty, and is not made.
Live read_live(Project& project);

struct Comparison {
  Live live;
  diff::Difference difference;  ///< unmanaged is left out: see below
  std::vector<Unmanaged> unmanaged;
};
Comparison compare_with_models(Project& project, const Decisions& decisions);

/// Throws unless the database's rows are the heads.
void require_at_heads(Project& project);

}  // namespace cupel::command
