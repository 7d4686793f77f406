// SPDX-License-Identifier: MIT
// What lint knows of the database while it goes from step to step.
#pragma once

#include <set>
#include <utility>

#include "cupel/lint/effect.hpp"
#include "cupel/model/schema.hpp"
#include "cupel/sql/schema_source.hpp"

namespace cupel::command {

/// The schema as the steps so far have made it, in memory.
class ReplayedSchema {
 public:
  ReplayedSchema() = default;
  explicit ReplayedSchema(model::Schema schema) : memory_(std::move(schema)) {}
  /// Makes what the step makes. What nobody understood, or what the schema does not know, is left
  /// out; from then on it is not complete. `is_linted` false: its tables are not new.
  void apply(const lint::Step& step, bool is_linted = true);
  const model::Schema& schema() const { return memory_.schema(); }
  sql::MemorySchema& source() { return memory_; }
  bool is_complete() const { return is_complete_; }
  void set_incomplete() { is_complete_ = false; }
  /// Tables that were made since forget_new_tables().
  const std::set<model::ObjectName>& new_tables() const { return new_tables_; }
  void forget_new_tables() { new_tables_.clear(); }

 private:
  void apply(const ops::Operation& operation, bool is_linted);
  void follow(const ops::Operation& operation);
  sql::MemorySchema memory_;
  std::set<model::ObjectName> new_tables_;
  bool is_complete_ = true;
};

}  // namespace cupel::command
