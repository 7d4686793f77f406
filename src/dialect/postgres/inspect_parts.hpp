// SPDX-License-Identifier: MIT
// The parts that an inspection is made of. Each part is one catalogue query and the function that
// puts its rows into the model.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cupel/driver/connection.hpp"
#include "cupel/driver/rows.hpp"
#include "cupel/inspect/inspector.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::dialect::postgres {

using Oid = std::int64_t;

/// The scope as SQL conditions.
struct CatalogFilter {
  std::string schemas;  ///< a condition on pg_namespace n
  std::string tables;   ///< " AND ..." on pg_namespace n and pg_class c; empty: all tables
  /// A condition on pg_class c: not what a session keeps for itself.
  std::string persistence = "c.relpersistence <> 't'";
  int server_version = 0;  ///< queries leave out what an old server does not have
  bool whole = true;       ///< false: only some tables and what hangs on them
  bool all_schemas = false;
};
CatalogFilter make_filter(const inspect::Scope& scope, int server_version);

/// One key or included column of an index, not yet told apart from an exclusion element.
struct IndexKey {
  model::IndexElement element;
  std::string with_operator;
  bool included = false;
};

/// What has been read so far. Tables and views are found again by oid.
struct Reading {
  model::Schema schema;
  std::string default_schema;
  std::unordered_map<Oid, std::size_t> tables;
  std::unordered_map<Oid, std::size_t> views;
  std::unordered_map<Oid, model::EnumType> enums;  ///< also those out of scope: columns use them
  std::unordered_map<Oid, std::vector<IndexKey>> index_keys;
  std::unordered_map<Oid, Oid> serial_sequences;  ///< expressed by a column of this table

  /// Null for a table out of scope.
  model::Table* table(Oid oid);
  /// With an empty schema if it is the default one.
  model::ObjectName name(std::string schema, std::string name) const;
  std::string schema_or_default(std::string schema) const;
};

struct Part {
  std::string (*query)(const CatalogFilter& filter);
  void (*read)(const driver::Rows& rows, Reading& reading);
  bool whole_only = false;  ///< not asked when only some tables are inspected
};

std::span<const Part> table_parts();   ///< inspect_tables.cpp: tables, columns
std::span<const Part> index_parts();   ///< inspect_indexes.cpp: constraints and indexes
std::span<const Part> type_parts();    ///< inspect_objects.cpp: the default schema, enum types
std::span<const Part> object_parts();  ///< inspect_objects.cpp: everything else
const Part& sequence_part();           ///< the one of object_parts() that reads sequences

/// All parts; inspect.cpp.
Reading read_catalogue(driver::Connection& connection, const CatalogFilter& filter);

// Shared by the parts.

/// A field as text; empty for NULL.
std::string field(const driver::Row& row, std::string_view column);
bool flag(const driver::Row& row, std::string_view column);
Oid oid(const driver::Row& row, std::string_view column);
/// A text[] field's elements; empty for NULL.
std::vector<std::string> array_field(const driver::Row& row, std::string_view column);
/// A reloptions field as pairs.
std::vector<std::pair<std::string, std::string>> options_field(const driver::Row& row,
                                                               std::string_view column);
/// Elements of an array literal, as the server writes it: {a,"b c",NULL}.
std::vector<std::string> parse_array(std::string_view literal);
/// Without one pair of parentheses that encloses all of it.
std::string without_parentheses(std::string_view expression);
/// A string as a literal for these queries.
std::string quote_text(std::string_view text);
/// The condition that the object is no extension's member.
std::string no_member(std::string_view catalogue, std::string_view oid_column);

/// Numbers of a sequence in one row: type, start, increment, ...; unset where they are the
/// defaults.
model::Sequence sequence_options(const driver::Row& row);
bool has_default_options(const model::Sequence& sequence);

/// A column's default as deparsed by the server. `type` is the column's, as format_type() writes
/// it.
model::Expression parse_default(std::string_view text, std::string_view type);

}  // namespace cupel::dialect::postgres
