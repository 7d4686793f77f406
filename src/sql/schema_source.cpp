// SPDX-License-Identifier: MIT
// What a schema source can answer from all of it.
#include "cupel/sql/schema_source.hpp"

#include <algorithm>

namespace cupel::sql {
namespace {

bool is_enum(const model::Type& type, const model::ObjectName& name) {
  if (type.kind == model::TypeKind::Array && !type.element.empty()) {
    return is_enum(type.element.front(), name);
  }
  return type.kind == model::TypeKind::Enum && type.native && type.name == name.name &&
         type.schema == name.schema;
}

}  // namespace

std::optional<model::EnumType> SchemaSource::find_enum(const model::ObjectName& name) {
  const model::Schema schema = all();
  if (const model::EnumType* found = schema.find_enum(name)) return *found;
  for (const model::Table& table : schema.tables) {
    for (const model::Column& column : table.columns) {
      if (is_enum(column.type, name)) return model::EnumType{name, column.type.values, {}};
    }
  }
  return std::nullopt;
}

}  // namespace cupel::sql
