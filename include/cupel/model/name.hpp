// SPDX-License-Identifier: MIT
// The name of a table, view, sequence, ... with the schema that it lives in.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "cupel/base/export.hpp"

namespace cupel::model {

/// An empty schema is the connection's default one. Implicit from a plain name, which may hold any
/// characters.
struct CUPEL_API ObjectName {
  std::string schema;
  std::string name;

  ObjectName() = default;
  ObjectName(const char* plain) : name(plain) {}             // NOLINT(google-explicit-constructor)
  ObjectName(std::string plain) : name(std::move(plain)) {}  // NOLINT(google-explicit-constructor)
  ObjectName(std::string in_schema, std::string plain)
      : schema(std::move(in_schema)), name(std::move(plain)) {}

  auto operator<=>(const ObjectName&) const = default;  // NOLINT(modernize-use-nullptr): no 0
  bool operator==(const ObjectName&) const = default;
};

/// `schema.name` or `name`, unquoted: for messages, not for SQL.
CUPEL_API std::string to_string(const ObjectName& name);

/// A column of a table, as "table.column" or "schema.table.column" spells it.
struct CUPEL_API ColumnName {
  ObjectName table;
  std::string column;
  bool operator==(const ColumnName&) const = default;
};

/// Only dots outside double quotes separate; everything before the last two parts is the schema.
/// Throws UsageError if there are fewer than two parts or an empty one.
CUPEL_API ColumnName parse_column_name(std::string_view text);
/// What parse_column_name() reads: parts that hold a dot or a quote are quoted.
CUPEL_API std::string to_string(const ColumnName& name);

}  // namespace cupel::model
