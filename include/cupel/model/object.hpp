// SPDX-License-Identifier: MIT
// Which object of a database is meant: its kind and its name.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "cupel/model/name.hpp"

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
  ObjectName name;
  std::string detail;
  auto operator<=>(const ObjectKey&) const = default;
  bool operator==(const ObjectKey&) const = default;
};

/// "table 'users'", "function 's.f'", for messages.
CUPEL_API std::string to_string(const ObjectKey& key);
/// "table", "view", ...
CUPEL_API std::string_view to_string(ObjectKind kind);

}  // namespace cupel::model
