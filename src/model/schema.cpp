// SPDX-License-Identifier: MIT
// Looking things up in a schema. See schema.hpp.
#include "cupel/model/schema.hpp"

#include <algorithm>
#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/model/table_definition.hpp"

namespace cupel::model {
namespace {

template <typename T>
const T* find_by_name(const std::vector<T>& list, const ObjectName& name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& it) { return it.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

void Schema::add(const TableDefinition& definition) {
  add(definition.make(hints.naming, hints.max_name_length));
  const std::vector<FormerName>& names = definition.former_names();
  hints.former_names.insert(hints.former_names.end(), names.begin(), names.end());
}

void Schema::add(Table table) {
  const Table* other = find_table(table.name);
  if (other == nullptr) {
    tables.push_back(std::move(table));
  } else if (*other != table) {
    throw UsageError("table '" + to_string(table.name) + "' is declared twice, and differently",
                     "declare it once, or give one of the two another name");
  }
}

const Table* Schema::find_table(const ObjectName& name) const { return find_by_name(tables, name); }
Table* Schema::find_table(const ObjectName& name) {
  return const_cast<Table*>(std::as_const(*this).find_table(name));
}
const View* Schema::find_view(const ObjectName& name) const { return find_by_name(views, name); }
View* Schema::find_view(const ObjectName& name) {
  return const_cast<View*>(std::as_const(*this).find_view(name));
}
const EnumType* Schema::find_enum(const ObjectName& name) const {
  return find_by_name(enums, name);
}
const Sequence* Schema::find_sequence(const ObjectName& name) const {
  return find_by_name(sequences, name);
}

}  // namespace cupel::model
