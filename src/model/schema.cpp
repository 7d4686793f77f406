// SPDX-License-Identifier: MIT
// Looking things up in a schema. See schema.hpp.
#include "cupel/model/schema.hpp"

#include <algorithm>
#include <utility>

namespace cupel::model {
namespace {

template <typename T>
const T* find_by_name(const std::vector<T>& list, const ObjectName& name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& it) { return it.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

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
