// SPDX-License-Identifier: MIT
// How a DDL writer learns what a table looks like now. Two implementations: the live database, and
// the schema that the revisions before have made (offline).
#pragma once

#include <optional>

#include "cupel/model/schema.hpp"

namespace cupel::sql {

class CUPEL_API SchemaSource {
 public:
  virtual ~SchemaSource() = default;
  /// A schema with this table (if it exists) as it is now, with its indexes and triggers, and the
  /// views and triggers elsewhere that mention it. Throws NotSupported offline when the table is
  /// not known.
  virtual model::Schema around(const model::ObjectName& table) = 0;
  /// Everything. The same rules.
  virtual model::Schema all() = 0;
  /// The enum type of that name, or nullopt if there is none: one that is listed, or that a column
  /// uses. Asks all() unless overridden by something cheaper.
  virtual std::optional<model::EnumType> find_enum(const model::ObjectName& name);
};

}  // namespace cupel::sql
