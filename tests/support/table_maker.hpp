// SPDX-License-Identifier: MIT
// Random tables and parts of tables. Every function leaves the schema valid, or as it was.
#pragma once

#include <algorithm>
#include <set>

#include "support/schema_generator.hpp"

namespace cupel::testing_support {

const std::vector<std::string>& table_names();
const std::vector<std::string>& column_names();

class TableMaker {
 public:
  TableMaker(SchemaGenerator& generator, model::Schema& schema)
      : generator_(generator),
        palette_(generator.palette_),
        dice_(generator.dice_),
        schema_(schema) {}

  /// Of a name that is free, with everything but foreign keys; is not added to the schema.
  model::Table table();
  /// False: there was none to be made.
  bool add_column(model::Table& table, bool keeps_rows);
  bool add_unique(model::Table& table);
  bool add_check(model::Table& table);
  bool add_index(model::Table& table, bool unique);
  bool add_exclusion(model::Table& table);
  /// With columns of its own.
  bool add_foreign_key(model::Table& table);
  std::optional<model::Expression> default_for(const model::Type& type);
  /// In a view's or index's text: the column compared with something.
  std::string condition(const model::Column& column);
  /// A name for a constraint, index, ... that nothing in the schema has, and no table that is being
  /// made.
  std::string free_name(const std::string& kind);
  model::ObjectName free_name(const std::string& kind, const std::string& in_schema) {
    return {in_schema, free_name(kind)};
  }
  std::string some_schema();

 private:
  model::Column column(const std::string& name, const model::Table& table);
  model::Type some_type(const model::Table& table);
  void number(model::Column& column);
  void add_key(model::Table& table);
  void decorate(model::Table& table);
  bool make_computed(model::Column& column, const model::Table& table);
  model::IndexElement element(const model::Table& table, const model::Column& column);
  std::vector<const model::Column*> keyable(const model::Table& table) const;
  std::vector<std::string> some_columns(const model::Table& table, std::size_t count);
  std::string filled(std::string text, const model::Column& column) const;
  model::Deferral deferral();
  std::string conflict();

  SchemaGenerator& generator_;
  const Palette& palette_;
  Dice& dice_;
  model::Schema& schema_;
  std::set<std::string> given_;
};

/// A plain table: no partition, no parent, no child.
bool is_plain(const model::Schema& schema, const model::Table& table);
/// SQLite 3.40 cannot rename such a column of a table WITHOUT ROWID.
bool has_column_in_two_keys(const model::Table& table);
/// True if a foreign key of any table refers to it.
bool is_referred(const model::Schema& schema, const model::Table& table, const std::string& column);

}  // namespace cupel::testing_support
