// SPDX-License-Identifier: MIT
// Indexes with everything that a database can hang on them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::model {

enum class NullsOrder { Default, First, Last };

/// One key of an index: a column, or an expression as written (which then may hold its own DESC).
struct CUPEL_API IndexElement {
  std::string column;
  std::string expression;
  bool descending = false;
  NullsOrder nulls = NullsOrder::Default;
  std::string collation;       ///< unquoted
  std::string operator_class;  ///< with its parameters, as written
  std::optional<int> length;   ///< prefix length (MySQL)
  bool operator==(const IndexElement&) const = default;

  IndexElement() = default;
  IndexElement(const char* of_column) : column(of_column) {}  // NOLINT(google-explicit-constructor)
  IndexElement(std::string of_column)
      : column(std::move(of_column)) {}  // NOLINT(google-explicit-constructor)

  // How people write the rest: IndexElement("created").desc().nulls_last()
  IndexElement& desc();
  IndexElement& nulls_first();
  IndexElement& nulls_last();
  IndexElement& collate(std::string name);
  IndexElement& with_operator_class(std::string name);
  /// MySQL: only the first characters.
  IndexElement& prefix(int characters);
};
/// An index key that is an expression: expression("lower(email)").
inline IndexElement expression(std::string sql) {
  IndexElement element;
  element.expression = std::move(sql);
  return element;
}

struct CUPEL_API Index {
  std::string name = {};
  std::vector<IndexElement> elements = {};
  bool unique = false;
  std::string using_method = {};  ///< empty: the default (btree)
  std::string where = {};         ///< predicate of a partial index
  std::vector<std::string> include = {};
  bool nulls_not_distinct = false;
  std::vector<std::pair<std::string, std::string>> with = {};  ///< storage parameters, in order
  std::string tablespace = {};
  std::string comment = {};
  bool valid =
      true;  ///< false: left behind by a failed CREATE INDEX CONCURRENTLY; only inspection says so
  bool operator==(const Index&) const = default;
};

/// For messages and tests: "unique index ix_a (a desc, (lower(b))) where a > 0".
CUPEL_API std::string to_string(const Index& index);

}  // namespace cupel::model
