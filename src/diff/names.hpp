// SPDX-License-Identifier: MIT
// Hash maps by the names of things.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "cupel/model/name.hpp"
#include "cupel/model/object.hpp"

namespace cupel::diff {

struct NameHash {
  std::size_t operator()(const model::ObjectName& name) const {
    const std::size_t first = std::hash<std::string>()(name.name);
    return name.schema.empty() ? first : first * 31 + std::hash<std::string>()(name.schema);
  }
};

template <typename T>
using ByName = std::unordered_map<model::ObjectName, T, NameHash>;
using NameSet = std::unordered_set<model::ObjectName, NameHash>;

}  // namespace cupel::diff
