// SPDX-License-Identifier: MIT
// Enum types and domains as columns speak of them.
#pragma once

#include <map>

#include "cupel/diff/rules.hpp"

namespace cupel::diff {

/// The enum type or domain that a column's type may be; empty for types that only the database has.
model::ObjectName name_of_own_type(const model::Type& type);

/// Types that bear another name until nothing uses them any more.
class RenamedTypes {
 public:
  RenamedTypes() = default;
  explicit RenamedTypes(std::map<model::ObjectName, model::ObjectName> names)
      : names_(std::move(names)) {}
  void add(const model::ObjectName& from, const model::ObjectName& to) { names_.emplace(from, to); }
  const std::map<model::ObjectName, model::ObjectName>& names() const { return names_; }

  /// As the type is called meanwhile.
  model::Type as_it_is(model::Type type) const;
  model::Column as_it_is(model::Column column) const;
  model::Table as_it_is(model::Table table) const;

 private:
  std::map<model::ObjectName, model::ObjectName> names_;
};

/// Without the word that a column creates its enum type: that is an operation of its own.
model::Column declared(model::Column column, const model::ObjectName& table,
                       const DiffRules& rules);
model::Table declared(model::Table table, const DiffRules& rules);

}  // namespace cupel::diff
