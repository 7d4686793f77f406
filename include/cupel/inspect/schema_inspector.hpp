// SPDX-License-Identifier: MIT
// Answers an inspector's questions from a schema in memory, where there is no database to ask.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cupel/inspect/inspector.hpp"

namespace cupel::inspect {

/// Borrows the schema, and answers from what it holds when it is asked. `default_schema` is what
/// the database would call its own; names in it are found with and without.
class CUPEL_API SchemaInspector final : public Inspector {
 public:
  SchemaInspector(const model::Schema& schema, std::string default_schema)
      : schema_(&schema), default_schema_(std::move(default_schema)) {}
  model::Schema inspect(const Scope& scope) override;
  std::string default_schema() override { return default_schema_; }
  std::vector<std::string> table_names(const std::string& schema) override;
  std::vector<std::string> view_names(const std::string& schema) override;
  std::vector<std::string> schema_names() override;

 private:
  bool is_in(const model::ObjectName& name, const std::string& schema) const;
  bool is_in(const model::ObjectName& name, const std::vector<std::string>& schemas) const;
  const model::Schema* schema_;
  std::string default_schema_;
};

}  // namespace cupel::inspect
