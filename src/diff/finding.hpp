// SPDX-License-Identifier: MIT
// Differences as sentences for people, in Alembic's words where it has any.
#pragma once

#include <string>
#include <vector>

#include "cupel/diff/diff.hpp"
#include "diff/object_diff.hpp"

namespace cupel::diff {

Finding added(const model::ObjectKey& object);
Finding removed(const model::ObjectKey& object);
Finding changed(const model::ObjectKey& object, const std::string& what);
Finding renamed(const Rename& rename);

Finding renamed(const ops::RenameEnumValue& rename);

/// Everything that differs in a pair of tables.
void add_findings(const TableDiff& diff, std::vector<Finding>& findings);
/// And besides tables.
void add_findings(const ObjectDiffs& diffs, const DiffRules& rules, std::vector<Finding>& findings);

/// By object, then its parts; what is said twice is said once.
void sort_findings(std::vector<Finding>& findings);

}  // namespace cupel::diff
