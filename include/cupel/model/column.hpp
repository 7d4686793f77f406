// SPDX-License-Identifier: MIT
// Columns, and the expressions and options that hang on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/type.hpp"

namespace cupel::model {

enum class ExpressionKind {
  Sql,      ///< text is SQL, written as it is
  Literal,  ///< text is a string, written quoted: '30'
  True,     ///< true where the database knows it, else 1
  False,
  Now,  ///< now() or CURRENT_TIMESTAMP
  Null,
};

/// A default, or a value in an INSERT.
struct CUPEL_API Expression {
  ExpressionKind kind = ExpressionKind::Sql;
  std::string text = {};
  bool operator==(const Expression&) const = default;
};

/// SQL as written: text("now()"), text("12").
inline Expression text(std::string sql) { return {ExpressionKind::Sql, std::move(sql)}; }
/// A string literal, quoted when written.
inline Expression literal(std::string value) { return {ExpressionKind::Literal, std::move(value)}; }
inline Expression now() { return {ExpressionKind::Now, {}}; }
inline Expression true_value() { return {ExpressionKind::True, {}}; }
inline Expression false_value() { return {ExpressionKind::False, {}}; }

/// GENERATED ... AS IDENTITY. Unset options are the database's defaults.
struct CUPEL_API Identity {
  bool always = false;
  std::optional<std::int64_t> start = {};
  std::optional<std::int64_t> increment = {};
  std::optional<std::int64_t> min_value = {};
  std::optional<std::int64_t> max_value = {};
  std::optional<std::int64_t> cache = {};
  bool cycle = false;
  bool operator==(const Identity&) const = default;
};

/// GENERATED ALWAYS AS (expression) STORED | VIRTUAL; unset `persisted` leaves it to the database.
struct CUPEL_API Computed {
  std::string expression = {};
  std::optional<bool> persisted = {};
  bool operator==(const Computed&) const = default;
};

/// Whether the database numbers rows by itself (SERIAL, AUTO_INCREMENT).
enum class Autoincrement {
  Auto,  ///< yes, if it is the only primary key column, an integer, without default and foreign key
  Yes,
  No,
};

struct CUPEL_API Column {
  std::string name = {};
  Type type = {};
  bool nullable = true;
  std::optional<Expression> server_default = {};
  std::optional<Computed> computed = {};
  std::optional<Identity> identity = {};
  Autoincrement autoincrement = Autoincrement::Auto;
  std::string comment = {};
  std::string not_null_conflict = {};  ///< SQLite: NOT NULL ON CONFLICT <this>; empty for none
  bool operator==(const Column&) const = default;
};

/// For messages and tests: now, 'text', 1 + 2.
CUPEL_API std::string to_string(const Expression& expression);
/// For messages and tests: "phone String(20) not null default 'none'".
CUPEL_API std::string to_string(const Column& column);

}  // namespace cupel::model
