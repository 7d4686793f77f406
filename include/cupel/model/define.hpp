// SPDX-License-Identifier: MIT
// How people write tables: Column("id", Integer()).primary_key(), UniqueConstraint, ... in a braced
// list. These builders are lowered to model values by make_table() and make_column().
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "cupel/model/naming.hpp"
#include "cupel/model/table.hpp"

namespace cupel::model {

/// A constraint's or index's name. A plain string goes through the naming convention's
/// %(constraint_name)s; f("...") is final; none (nullptr) asks the convention.
struct CUPEL_API ConstraintName {
  std::string text;
  bool final = false;
  ConstraintName() = default;
  ConstraintName(std::nullptr_t) {}                 // NOLINT(google-explicit-constructor)
  ConstraintName(const char* name) : text(name) {}  // NOLINT(google-explicit-constructor)
  ConstraintName(std::string name)
      : text(std::move(name)) {}  // NOLINT(google-explicit-constructor)
};
/// Marks a name as final: no naming convention touches it. Alembic's op.f().
inline ConstraintName f(std::string name) {
  ConstraintName result(std::move(name));
  result.final = true;
  return result;
}

/// What a column's foreign key can say besides its target.
struct CUPEL_API ReferenceOptions {
  ConstraintName name = {};
  std::string on_delete = {};
  std::string on_update = {};
  std::string match = {};
  Deferral deferral = {};
};

/// A column as written in a table or for add_column. Every method returns *this, so calls chain.
class CUPEL_API ColumnDefinition {
 public:
  ColumnDefinition(std::string name, Type type);

  ColumnDefinition& nullable(bool value = true);
  /// `on_conflict` is SQLite's conflict clause.
  ColumnDefinition& not_null(std::string on_conflict = {});
  /// Implies NOT NULL.
  ColumnDefinition& primary_key(bool value = true);
  ColumnDefinition& unique(bool value = true);
  /// An index of its own, named by the convention.
  ColumnDefinition& index(bool value = true);
  /// A string is quoted when written: server_default("30") is DEFAULT '30'. For SQL use
  /// text("now()").
  ColumnDefinition& server_default(std::string value);
  ColumnDefinition& server_default(Expression value);
  /// A number or a truth value: server_default(30) is DEFAULT 30.
  template <typename Number>
  requires(std::is_arithmetic_v<Number> &&
           !std::is_same_v<Number, char>) ColumnDefinition& server_default(Number value) {
    if constexpr (std::is_same_v<Number, bool>)
      return server_default(value ? true_value() : false_value());
    else if constexpr (std::is_floating_point_v<Number>)
      return server_default_number(value);
    else
      return server_default(text(std::to_string(value)));
  }
  ColumnDefinition& computed(std::string expression, std::optional<bool> persisted = {});
  ColumnDefinition& identity(Identity options = {});
  ColumnDefinition& autoincrement(bool value);
  ColumnDefinition& comment(std::string text);
  /// `target` is "table.column" or "schema.table.column", see parse_column_name().
  ColumnDefinition& references(std::string_view target, ReferenceOptions options = {});
  /// Of the last references().
  ColumnDefinition& on_delete(std::string action);
  ColumnDefinition& on_update(std::string action);
  ColumnDefinition& check(std::string expression, ConstraintName name = {});

  struct Reference {
    ObjectName table;
    std::string column;
    ReferenceOptions options;
  };
  struct Check {
    std::string expression;
    ConstraintName name;
  };
  /// What was written; read by make_column() and make_table().
  Column column;
  bool is_primary_key = false;
  bool is_unique = false;
  bool has_index = false;
  std::vector<Reference> foreign_keys;
  std::vector<Check> checks;

 private:
  ColumnDefinition& server_default_number(double value);
  ReferenceOptions& last_reference();
};

struct CUPEL_API NamedConstraint {
  Constraint constraint = {};
  ConstraintName name = {};
};
struct CUPEL_API NamedIndex {
  Index index = {};
  ConstraintName name = {};
};
/// A constraint or index with its name: named("uq_a", UniqueConstraint{{"a"}}).
inline NamedConstraint named(ConstraintName name, Constraint constraint) {
  return {std::move(constraint), std::move(name)};
}
inline NamedIndex named(ConstraintName name, Index index) {
  return {std::move(index), std::move(name)};
}

/// Anything that may stand in a table's braces.
using TableItem =
    std::variant<ColumnDefinition, NamedConstraint, NamedIndex, PrimaryKey, UniqueConstraint,
                 ForeignKey, CheckConstraint, ExcludeConstraint, Index>;

/// Lowers a braced list: flags become constraints and indexes (a column's own constraints after the
/// explicit ones, as SQLAlchemy orders them), names by the convention, an Enum as VARCHAR gets its
/// CHECK, a native Enum without a name is called <table>_<column>. unique() together with index()
/// makes a unique index. Throws UsageError with every problem that validate() finds, and for two
/// different primary keys.
CUPEL_API Table make_table(ObjectName name, const std::vector<TableItem>& items,
                           const NamingConvention& convention = {},
                           std::size_t max_name_length = 63);

/// The CHECK that a Boolean or Enum with create_constraint asks for, unnamed if the type names
/// none; nullopt for every other type. make_table() and make_column() have already written it out
/// for an Enum as VARCHAR (and cleared create_constraint there). For a Boolean or a native Enum it
/// is the database without such a type that adds it.
CUPEL_API std::optional<CheckConstraint> type_check(const Column& column);

/// A single column lowered for add_column: itself, what can be written inline, and what must
/// follow.
struct CUPEL_API LoweredColumn {
  Column column = {};
  bool is_primary_key = false;
  std::vector<CheckConstraint> checks = {};  ///< written inline
  std::vector<Constraint> constraints =
      {};  ///< foreign keys, unique, type-bound checks: own statements, in this order
  std::vector<Index> indexes = {};
};
CUPEL_API LoweredColumn make_column(const ObjectName& table, const ColumnDefinition& definition,
                                    const NamingConvention& convention = {},
                                    std::size_t max_name_length = 63);

}  // namespace cupel::model
