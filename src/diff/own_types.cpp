// SPDX-License-Identifier: MIT
// See own_types.hpp.
#include "diff/own_types.hpp"

#include <utility>

#include "model/words.hpp"

namespace cupel::diff {

using model::Column;
using model::Table;

model::ObjectName name_of_own_type(const model::Type& type) {
  if (type.kind == model::TypeKind::Enum && type.native) return {type.schema, type.name};
  if (type.kind != model::TypeKind::Named) return {};
  // As written; a domain has no arguments.
  const std::string& name = type.name;
  const bool quoted = name.size() > 2 && name.front() == '"' && name.back() == '"';
  return {type.schema, quoted ? name.substr(1, name.size() - 2) : name};
}

model::Type RenamedTypes::as_it_is(model::Type type) const {
  for (model::Type& element : type.element) element = as_it_is(std::move(element));
  const auto found = names_.find(name_of_own_type(type));
  if (found == names_.end()) return type;
  const bool is_enum = type.kind == model::TypeKind::Enum;
  type.name = is_enum ? found->second.name : model::quoted_if_needed(found->second.name);
  return type;
}
Column RenamedTypes::as_it_is(Column column) const {
  if (!names_.empty()) column.type = as_it_is(std::move(column.type));
  return column;
}
Table RenamedTypes::as_it_is(Table table) const {
  if (names_.empty()) return table;
  for (Column& column : table.columns) column = as_it_is(std::move(column));
  return table;
}

namespace {

void settle_enum(model::Type& type, const std::string& made_name) {
  for (model::Type& element : type.element) settle_enum(element, made_name);
  if (type.kind != model::TypeKind::Enum || !type.native) return;
  if (type.name.empty()) type.name = made_name;
  type.create_type = false;
}

}  // namespace

Column declared(Column column, const model::ObjectName& table, const DiffRules& rules) {
  if (rules.has_own_enums()) settle_enum(column.type, table.name + "_" + column.name);
  return column;
}
Table declared(Table table, const DiffRules& rules) {
  for (Column& column : table.columns) column = declared(std::move(column), table.name, rules);
  return table;
}

}  // namespace cupel::diff
