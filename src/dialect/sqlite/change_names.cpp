// SPDX-License-Identifier: MIT
// Column names in changes and tables. See change_names.hpp.
#include "dialect/sqlite/change_names.hpp"

#include <algorithm>

#include "cupel/ops/services.hpp"

namespace cupel::dialect::sqlite {
namespace {

/// Renames one column in everything that a change may hold.
struct Renamer {
  const std::string& from;
  const std::string& to;

  void name(std::string& column) const {
    if (column == from) column = to;
  }
  void names(std::vector<std::string>& columns) const {
    for (std::string& column : columns) name(column);
  }
  void sql(std::string& expression) const {
    if (!expression.empty()) expression = ops::rename_in_expression(expression, from, to);
  }
  void computed(model::Computed& computed) const { sql(computed.expression); }

  void operator()(model::PrimaryKey& key) const { names(key.columns); }
  void operator()(model::UniqueConstraint& unique) const { names(unique.columns); }
  void operator()(model::ForeignKey& key) const { names(key.columns); }
  void operator()(model::CheckConstraint& check) const {
    name(check.column);
    sql(check.expression);
  }
  void operator()(model::ExcludeConstraint&) const {}

  void operator()(ops::AddColumn& add) const {
    name(add.column.name);
    if (add.column.computed) computed(*add.column.computed);
    if (add.inline_references) (*this)(*add.inline_references);
    for (model::CheckConstraint& check : add.checks) (*this)(check);
    name(add.insert_before);
    name(add.insert_after);
  }
  void operator()(ops::DropColumn& drop) const { name(drop.column); }
  void operator()(ops::AlterColumn& alter) const {
    name(alter.column);
    computed(alter.computed.value);
    sql(alter.using_expression);
  }
  void operator()(ops::AddConstraint& add) const {
    std::visit(*this, add.constraint);
    auto* key = std::get_if<model::ForeignKey>(&add.constraint);
    if (key != nullptr && key->referred_table == add.table) names(key->referred_columns);
  }
  void operator()(ops::CreateIndex& create) const {
    for (model::IndexElement& element : create.index.elements) {
      name(element.column);
      sql(element.expression);
    }
    sql(create.index.where);
  }
  // These speak of other names.
  void operator()(ops::DropConstraint&) const {}
  void operator()(ops::RenameConstraint&) const {}
  void operator()(ops::DropIndex&) const {}
  void operator()(ops::SetTableComment&) const {}
  void operator()(ops::SetTableOptions&) const {}
};

}  // namespace

ops::TableChange with_renamed_column(ops::TableChange change, const std::string& from,
                                     const std::string& to) {
  std::visit(Renamer{from, to}, change);
  return change;
}

bool mentions_column(const ops::TableChange& change, const std::string& column) {
  return with_renamed_column(change, column, column + "_") != change;
}

bool uses_column(const model::Table& table, const std::string& column) {
  const auto mentions = [&](ops::TableChange change) { return mentions_column(change, column); };
  if (table.primary_key && mentions(ops::AddConstraint{table.name, *table.primary_key}))
    return true;
  for (const model::Constraint& constraint : table.constraints)
    if (mentions(ops::AddConstraint{table.name, constraint})) return true;
  for (const model::Index& index : table.indexes)
    if (mentions(ops::CreateIndex{.table = table.name, .index = index})) return true;
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const model::Column& other) {
    return other.name != column && other.computed &&
           ops::mentions_identifier(other.computed->expression, column);
  });
}

}  // namespace cupel::dialect::sqlite
