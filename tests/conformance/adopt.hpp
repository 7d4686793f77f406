// SPDX-License-Identifier: MIT
// adopt(), see subject.hpp.
#pragma once

#include "conformance/subject.hpp"

namespace cupel::conformance {

class Adopter {
 public:
  Adopter(const Schema& actual, const Subject& subject) : actual_(actual), subject_(subject) {}

  void adopt(Schema& expected) const {
    for (model::Table& table : expected.tables)
      if (const model::Table* other = actual_.find_table(table.name)) adopt(table, *other);
    for (model::Extension& extension : expected.extensions)
      for (const model::Extension& other : actual_.extensions)
        if (other.name == extension.name && extension.version.empty())
          extension.version = other.version;
  }

 private:
  void adopt(model::Table& table, const model::Table& other) const {
    if (table.primary_key && other.primary_key && table.primary_key->name.empty())
      table.primary_key->name = other.primary_key->name;
    for (model::Constraint& constraint : table.constraints)
      if (model::name_of(constraint).empty()) adopt_name(constraint, other);
    for (model::Column& column : table.columns)
      if (const model::Column* same = other.find_column(column.name))
        adopt(table, column, other, *same);
  }

  /// The constraint that is equal but for its name.
  void adopt_name(model::Constraint& constraint, const model::Table& table) const {
    for (const model::Constraint& other : table.constraints) {
      model::Constraint named = constraint;
      model::set_name(named, model::name_of(other));
      if (named == other) constraint = named;
    }
  }

  void adopt(const model::Table& table, model::Column& column, const model::Table& other_table,
             const model::Column& other) const {
    if (subject_.same_numbering(numbers(table, column), numbers(other_table, other)))
      column.autoincrement = other.autoincrement;
    if (subject_.same_type(column.type, other.type)) column.type = other.type;
    if (column.server_default && other.server_default &&
        subject_.same_default(column, *column.server_default, *other.server_default))
      column.server_default = other.server_default;
    if (column.computed && other.computed && !column.computed->persisted)
      column.computed->persisted = other.computed->persisted;
  }

  static bool numbers(const model::Table& table, const model::Column& column) {
    return column.autoincrement == model::Autoincrement::Yes || table.is_autoincrement(column);
  }

  const Schema& actual_;
  const Subject& subject_;
};

inline Schema adopt(Schema expected, const Schema& actual, const Subject& subject) {
  expected = model::normalized(subject.declared(std::move(expected)));
  Adopter(model::normalized(actual), subject).adopt(expected);
  return model::normalized(expected);
}

}  // namespace cupel::conformance
