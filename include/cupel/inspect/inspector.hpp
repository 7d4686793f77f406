// SPDX-License-Identifier: MIT
// Reads a database into a model. Implementations are dialect/<db>/inspect.cpp; each runs a fixed
// number of queries, whatever the number of tables.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cupel/driver/connection.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::inspect {

/// What to read. Empty lists mean: everything in the default schema.
struct CUPEL_API Scope {
  std::vector<std::string>
      schemas;  ///< names; "" is the default schema (its objects get an empty schema name)
  std::vector<model::ObjectName> tables;  ///< only these tables (and what hangs on them)
  bool all_schemas = false;               ///< every schema that is not the system's
};

/// Names are as the database stores them. Objects that belong to an extension are left out.
class CUPEL_API Inspector {
 public:
  virtual ~Inspector();
  virtual model::Schema inspect(const Scope& scope = {}) = 0;
  /// The default schema's name ("public", "main"), as model values leave it out.
  virtual std::string default_schema() = 0;

  // Short questions, each one or two queries.
  virtual std::vector<std::string> table_names(const std::string& schema = {}) = 0;
  virtual std::vector<std::string> view_names(const std::string& schema = {}) = 0;
  virtual std::vector<std::string> schema_names() = 0;
  bool has_table(const model::ObjectName& table);
  bool has_column(const model::ObjectName& table, const std::string& column);
  bool has_index(const model::ObjectName& table, const std::string& index);
  /// nullopt if there is no such table.
  std::optional<model::Table> find_table(const model::ObjectName& table);
  /// Throws UsageError with the nearest name if there is no such table.
  model::Table table(const model::ObjectName& table);
};

}  // namespace cupel::inspect
