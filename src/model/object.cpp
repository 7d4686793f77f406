// SPDX-License-Identifier: MIT
#include "cupel/model/object.hpp"

#include <algorithm>

namespace cupel::model {

namespace {

template <typename T>
void add_keys(const std::vector<T>& list, std::vector<ObjectKey>& keys) {
  for (const T& it : list) keys.push_back(key_of(it));
}

template <typename T>
void keep(std::vector<T>& list, const std::function<bool(const ObjectKey&)>& wanted) {
  std::erase_if(list, [&](const T& it) { return !wanted(model::key_of(it)); });
}

}  // namespace

ObjectKey key_of(const Extension& extension) { return {ObjectKind::Extension, extension.name, {}}; }
ObjectKey key_of(const EnumType& type) { return {ObjectKind::Enum, type.name, {}}; }
ObjectKey key_of(const Domain& domain) { return {ObjectKind::Domain, domain.name, {}}; }
ObjectKey key_of(const Sequence& sequence) { return {ObjectKind::Sequence, sequence.name, {}}; }
ObjectKey key_of(const Table& table) { return {ObjectKind::Table, table.name, {}}; }
ObjectKey key_of(const View& view) { return {ObjectKind::View, view.name, {}}; }
ObjectKey key_of(const Function& function) {
  return {ObjectKind::Function, function.name, function.arguments};
}
ObjectKey key_of(const Trigger& trigger) {
  return {ObjectKind::Trigger, {trigger.table.schema, trigger.name}, to_string(trigger.table)};
}

std::vector<ObjectKey> keys_of(const Schema& schema) {
  std::vector<ObjectKey> keys;
  for (const std::string& name : schema.schemas) keys.push_back({ObjectKind::Schema, name, {}});
  add_keys(schema.extensions, keys);
  add_keys(schema.enums, keys);
  add_keys(schema.domains, keys);
  add_keys(schema.sequences, keys);
  add_keys(schema.tables, keys);
  add_keys(schema.views, keys);
  add_keys(schema.functions, keys);
  add_keys(schema.triggers, keys);
  return keys;
}

std::string_view to_string(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
      return "schema";
    case ObjectKind::Extension:
      return "extension";
    case ObjectKind::Enum:
      return "enum";
    case ObjectKind::Domain:
      return "domain";
    case ObjectKind::Sequence:
      return "sequence";
    case ObjectKind::Table:
      return "table";
    case ObjectKind::View:
      return "view";
    case ObjectKind::Function:
      return "function";
    case ObjectKind::Trigger:
      return "trigger";
  }
  return "object";
}

std::string to_string(const ObjectKey& key) {
  std::string result = std::string(to_string(key.kind)) + " '" + to_string(key.name);
  if (key.kind == ObjectKind::Function) result += "(" + key.detail + ")";
  result += "'";
  if (key.kind == ObjectKind::Trigger) result += " on table '" + key.detail + "'";
  return result;
}

void keep_objects(Schema& schema, const std::function<bool(const ObjectKey&)>& wanted) {
  std::erase_if(schema.schemas, [&](const std::string& name) {
    return !wanted({ObjectKind::Schema, name, {}});
  });
  keep(schema.extensions, wanted);
  keep(schema.enums, wanted);
  keep(schema.domains, wanted);
  keep(schema.sequences, wanted);
  keep(schema.tables, wanted);
  keep(schema.views, wanted);
  keep(schema.functions, wanted);
  keep(schema.triggers, wanted);
}

}  // namespace cupel::model
