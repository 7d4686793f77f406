// SPDX-License-Identifier: MIT
// What a schema source can answer from all of it.
#include "cupel/sql/schema_source.hpp"

#include "cupel/ops/services.hpp"

namespace cupel::sql {
namespace {

bool is_enum(const model::Type& type, const model::ObjectName& name) {
  if (type.kind == model::TypeKind::Array && !type.element.empty()) {
    return is_enum(type.element.front(), name);
  }
  return type.kind == model::TypeKind::Enum && type.native && type.name == name.name &&
         type.schema == name.schema;
}

std::optional<model::EnumType> find_enum_in(const model::Schema& schema,
                                            const model::ObjectName& name) {
  if (const model::EnumType* found = schema.find_enum(name)) return *found;
  for (const model::Table& table : schema.tables) {
    for (const model::Column& column : table.columns) {
      if (is_enum(column.type, name)) return model::EnumType{name, column.type.values, {}};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<model::EnumType> SchemaSource::find_enum(const model::ObjectName& name) {
  return find_enum_in(all(), name);
}

std::optional<model::EnumType> MemorySchema::find_enum(const model::ObjectName& name) {
  return find_enum_in(schema_, name);
}

model::Schema MemorySchema::around(const model::ObjectName& name) {
  const model::Table* table = schema_.find_table(name);
  if (table == nullptr) return schema_;
  model::Schema result;
  result.enums = schema_.enums;
  result.tables = {*table};
  result.views = schema_.views;
  result.triggers = schema_.triggers;
  return result;
}

void MemorySchema::apply(const ops::Operation& operation) { ops::apply(operation, schema_); }

}  // namespace cupel::sql
