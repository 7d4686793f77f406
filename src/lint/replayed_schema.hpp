// SPDX-License-Identifier: MIT
// What lint knows of the database while it goes from step to step.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "cupel/lint/effect.hpp"
#include "cupel/model/schema.hpp"
#include "cupel/sql/schema_source.hpp"
#include "lint/new_tables.hpp"

namespace cupel::lint {

/// What a schema was at one moment, as far as it has changed since: a project may have thousands
/// of tables, and a revision touches two.
struct SchemaSnapshot {
  std::map<model::ObjectName, std::optional<model::Table>> tables;  ///< nullopt: there was none
  std::optional<std::vector<model::Table>> all_tables;  ///< set: others may have changed too
  model::Schema rest;                                   ///< everything but tables
  NewTables new_tables;
  bool is_complete = true;
};

/// The schema as the steps so far have made it, in memory.
class ReplayedSchema {
 public:
  /// Makes what the step makes. What nobody understood, or what the schema does not know, is left
  /// out; from then on it is not complete. `is_linted` false: its tables are not new.
  void apply(const Step& step, bool is_linted = true);
  const model::Schema& schema() const { return memory_.schema(); }
  sql::SchemaSource& source() { return memory_; }
  bool is_complete() const { return is_complete_; }
  void set_incomplete() { is_complete_ = false; }
  /// Tables that were made since forget_new_tables().
  const std::set<model::ObjectName>& new_tables() const { return new_tables_.names(); }
  void forget_new_tables() { new_tables_ = {}; }

  /// From here on it is known what things were.
  void begin_snapshot();
  SchemaSnapshot take_snapshot();
  void restore(SchemaSnapshot snapshot);

 private:
  void apply(const ops::Operation& operation, bool is_linted);
  void note(const ops::Operation& operation);

  sql::MemorySchema memory_;
  NewTables new_tables_;
  bool is_complete_ = true;
  std::optional<SchemaSnapshot> noted_;
};

/// Two schemas of which only what may differ is there: before an upgrade, and after the downgrade
/// that followed it. Both snapshots were taken at the end of their direction; `now` is what is
/// left.
struct ChangedPart {
  model::Schema before;
  model::Schema after;
};
ChangedPart changed_part(const SchemaSnapshot& up, const SchemaSnapshot& down,
                         const model::Schema& now);

/// The table as it was; null if there was none. `now` is what the snapshot's schema has become.
const model::Table* table_then(const SchemaSnapshot& then, const model::Schema& now,
                               const model::ObjectName& name);

}  // namespace cupel::lint
