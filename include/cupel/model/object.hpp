// SPDX-License-Identifier: MIT
// Which object of a database is meant: its kind and its name.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/schema.hpp"

namespace cupel::model {

enum class ObjectKind {
  Schema,
  Extension,
  Enum,
  Domain,
  Sequence,
  Table,
  View,
  Function,
  Trigger,
};

/// One object of a schema. `detail` tells those of one name apart: a function's arguments, the
/// table of a trigger; empty for the others.
struct CUPEL_API ObjectKey {
  ObjectKind kind = ObjectKind::Table;
  ObjectName name = {};
  std::string detail = {};
  auto operator<=>(const ObjectKey&) const = default;  // NOLINT(modernize-use-nullptr): no 0
  bool operator==(const ObjectKey&) const = default;
};

CUPEL_API ObjectKey key_of(const Extension& extension);
CUPEL_API ObjectKey key_of(const EnumType& type);
CUPEL_API ObjectKey key_of(const Domain& domain);
CUPEL_API ObjectKey key_of(const Sequence& sequence);
CUPEL_API ObjectKey key_of(const Table& table);
CUPEL_API ObjectKey key_of(const View& view);
CUPEL_API ObjectKey key_of(const Function& function);
/// A trigger lives in its table's schema.
CUPEL_API ObjectKey key_of(const Trigger& trigger);
/// Of everything in the schema, kind by kind.
CUPEL_API std::vector<ObjectKey> keys_of(const Schema& schema);
/// Drops everything else.
CUPEL_API void keep_objects(Schema& schema, const std::function<bool(const ObjectKey&)>& wanted);

/// "table 'users'", "function 's.f(integer)'", for messages.
CUPEL_API std::string to_string(const ObjectKey& key);
/// "table", "view", ...
CUPEL_API std::string_view to_string(ObjectKind kind);

}  // namespace cupel::model
