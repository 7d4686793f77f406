// SPDX-License-Identifier: MIT
#include "cupel/model/object.hpp"

namespace cupel::model {

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

}  // namespace cupel::model
