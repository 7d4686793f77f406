// SPDX-License-Identifier: MIT
// How a DDL writer learns what a table looks like now. Two implementations: the live database
// (migrate), and a schema in memory that operations carry on.
#pragma once

#include <optional>
#include <utility>

#include "cupel/model/schema.hpp"
#include "cupel/ops/operation.hpp"

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

/// Begins with a schema and is told of every operation, after its statements were written.
class CUPEL_API MemorySchema final : public SchemaSource {
 public:
  explicit MemorySchema(model::Schema schema = {}) : schema_(std::move(schema)) {}
  /// Without the other tables; everything if there is no such table.
  model::Schema around(const model::ObjectName& table) override;
  model::Schema all() override { return schema_; }
  std::optional<model::EnumType> find_enum(const model::ObjectName& name) override;
  /// As ops::apply().
  void apply(const ops::Operation& operation);
  const model::Schema& schema() const { return schema_; }
  /// Takes it away, and leaves none.
  model::Schema release() { return std::move(schema_); }

 private:
  model::Schema schema_;
};

}  // namespace cupel::sql
