// SPDX-License-Identifier: MIT
// Table constraints. An empty name means unnamed; words such as on_delete are SQL's, upper case,
// empty for the default.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cupel/model/name.hpp"

namespace cupel::model {

/// When a constraint is checked. Unset: not said (which means NOT DEFERRABLE, INITIALLY IMMEDIATE).
struct CUPEL_API Deferral {
  std::optional<bool> deferrable = {};
  std::string initially = {};  ///< "DEFERRED", "IMMEDIATE" or empty
  bool operator==(const Deferral&) const = default;
};

struct CUPEL_API PrimaryKey {
  std::vector<std::string> columns = {};
  std::string name = {};
  std::vector<std::string> include = {};
  Deferral deferral = {};
  std::string on_conflict = {};  ///< SQLite's conflict clause
  std::string comment = {};
  bool operator==(const PrimaryKey&) const = default;
};

struct CUPEL_API UniqueConstraint {
  std::vector<std::string> columns = {};
  std::string name = {};
  bool nulls_not_distinct = false;
  std::vector<std::string> include = {};
  Deferral deferral = {};
  std::string on_conflict = {};  ///< SQLite's conflict clause
  std::string comment = {};
  bool operator==(const UniqueConstraint&) const = default;
};

struct CUPEL_API ForeignKey {
  std::vector<std::string> columns = {};
  ObjectName referred_table = {};
  std::vector<std::string> referred_columns = {};  ///< empty: the referred primary key
  std::string name = {};
  std::string on_delete = {};
  std::string on_update = {};
  std::string match = {};
  Deferral deferral = {};
  bool not_valid = false;
  std::string comment = {};
  bool operator==(const ForeignKey&) const = default;
};

struct CUPEL_API CheckConstraint {
  std::string expression = {};  ///< without the outer parentheses
  std::string name = {};
  std::string column = {};  ///< written at this column; presentation only, see normalized()
  bool not_valid = false;
  bool no_inherit = false;
  std::string on_conflict = {};  ///< SQLite's conflict clause
  std::string comment = {};
  bool operator==(const CheckConstraint&) const = default;
};

struct CUPEL_API ExcludeElement {
  std::string column = {};      ///< either a column, quoted as needed,
  std::string expression = {};  ///< or an expression as written
  std::string with_operator = {};
  std::string operator_class = {};
  bool operator==(const ExcludeElement&) const = default;
};

struct CUPEL_API ExcludeConstraint {
  std::vector<ExcludeElement> elements = {};
  std::string name = {};
  std::string using_method = {};  ///< empty: gist
  std::string where = {};
  Deferral deferral = {};
  std::string comment = {};
  bool operator==(const ExcludeConstraint&) const = default;
};

using ConstraintVariant =
    std::variant<PrimaryKey, UniqueConstraint, ForeignKey, CheckConstraint, ExcludeConstraint>;

/// What copying, moving and destroying a variant needs is compiled once, not in every file: that
/// takes seconds of each.
struct CUPEL_API Constraint : ConstraintVariant {
  using ConstraintVariant::ConstraintVariant;
  Constraint();
  Constraint(const Constraint&);
  Constraint(Constraint&&) noexcept;
  Constraint& operator=(const Constraint&);
  Constraint& operator=(Constraint&&) noexcept;
  ~Constraint();
  bool operator==(const Constraint&) const;
};

enum class ConstraintKind { Primary, Unique, Foreign, Check, Exclude };

CUPEL_API ConstraintKind kind_of(const Constraint& constraint);
CUPEL_API const std::string& name_of(const Constraint& constraint);
CUPEL_API void set_name(Constraint& constraint, std::string name);
CUPEL_API const std::string& comment_of(const Constraint& constraint);
/// Its key columns in order; none for a CHECK, without expressions for an exclusion.
CUPEL_API std::vector<std::string> columns_of(const Constraint& constraint);
/// For messages and tests: "unique constraint uq_a (a, b) nulls not distinct".
CUPEL_API std::string to_string(const Constraint& constraint);
/// "primary", "unique", "foreignkey", "check", "exclude": Alembic's words for type_.
CUPEL_API std::string_view to_string(ConstraintKind kind);
/// The reverse; throws UsageError naming the words that exist.
CUPEL_API ConstraintKind parse_constraint_kind(std::string_view word);

}  // namespace cupel::model
