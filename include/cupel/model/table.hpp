// SPDX-License-Identifier: MIT
// A table as a plain comparable value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/column.hpp"
#include "cupel/model/constraint.hpp"
#include "cupel/model/index.hpp"

namespace cupel::model {

/// A partition of another table: `bound` is "FOR VALUES FROM (1) TO (10)" or "DEFAULT".
struct CUPEL_API PartitionOf {
  ObjectName parent = {};
  std::string bound = {};
  bool operator==(const PartitionOf&) const = default;
};

struct CUPEL_API Table {
  ObjectName name = {};
  std::vector<Column> columns = {};
  std::optional<PrimaryKey> primary_key = {};
  std::vector<Constraint> constraints =
      {};                           ///< all but the primary key, in the order they were written
  std::vector<Index> indexes = {};  ///< without those that implement constraints
  std::string comment = {};

  bool temporary = false;
  bool unlogged = false;
  bool autoincrement = false;  ///< SQLite's AUTOINCREMENT keyword: rowids are never used again
  bool without_rowid = false;
  bool strict = false;
  std::string partition_by = {};  ///< "RANGE (created)"
  std::optional<PartitionOf> partition_of = {};
  std::vector<ObjectName> inherits = {};
  std::string tablespace = {};
  std::vector<std::pair<std::string, std::string>> with = {};  ///< storage parameters
  std::map<std::string, std::string> options =
      {};  ///< words for one database: "mysql_engine" -> "InnoDB"

  bool operator==(const Table&) const = default;

  /// Null if there is none. Names compare exactly.
  const Column* find_column(std::string_view column) const;
  Column* find_column(std::string_view column);
  const Index* find_index(std::string_view index) const;
  /// By name, the primary key included; nullopt if there is none.
  std::optional<Constraint> find_constraint(std::string_view constraint) const;
  /// True if the database numbers the column by itself: an integer that is the whole primary key,
  /// without default, identity or foreign key; with Autoincrement::Yes any integer in it.
  bool is_autoincrement(const Column& column) const;
};

/// The same table in the form that comparisons use: constraints and indexes sorted by kind, columns
/// and name; checks not tied to a column; primary key and identity columns NOT NULL; words that say
/// the default (NO ACTION, INITIALLY IMMEDIATE, btree, ...) removed.
CUPEL_API Table normalized(Table table);
/// For messages and tests: a line for the table, then one for each part of it.
CUPEL_API std::string to_string(const Table& table);

}  // namespace cupel::model
