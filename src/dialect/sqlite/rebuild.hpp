// SPDX-License-Identifier: MIT
// The table rebuild that SQLite documents for what ALTER TABLE cannot do, as plain statements.
// https://www.sqlite.org/lang_altertable.html#otheralter  Test: rebuild_test.cpp
//
// The runner has switched foreign key enforcement off before its transaction, so that dropping the
// old table touches no rows of others.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "dialect/sqlite/writer.hpp"

namespace cupel::dialect::sqlite {

/// A table's old and new definition under the same name, and how rows go from one to the other.
struct Rebuild {
  model::Table before;
  model::Table after;
  /// Columns of `after` that are new, even if `before` has one of that name.
  std::set<std::string> added;
  /// How a column's new value is made of the old row, where the author says so.
  std::map<std::string, std::string> conversions;
  /// Of this table; they are created again.
  std::vector<model::Trigger> triggers;
  /// Something elsewhere may mention what is gone: let SQLite look through the whole schema.
  bool check_schema = false;
};

std::vector<sql::Statement> rebuild_statements(const Rebuild& rebuild);

}  // namespace cupel::dialect::sqlite
