// SPDX-License-Identifier: MIT
// What the normaliser makes in the temporary schema, and how the texts find their way back.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cupel/model/schema.hpp"

namespace cupel::dialect::postgres {

/// One statement. If it is refused, so is everything that needs it.
struct TrialStep {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::string sql;
  std::size_t needs = kNone;  ///< another step
};

/// The objects of one schema of `part`, as temporary ones under their own names. Only what has a
/// text that the server would rewrite is made: no keys, no comments, no identities.
class Trial {
 public:
  Trial(const model::Schema& part, std::string schema);
  const std::vector<TrialStep>& steps() const { return steps_; }
  /// Puts the texts of `seen`, the temporary schema as it was inspected, into `part`.
  void take_over(const model::Schema& seen, model::Schema& part) const;

 private:
  std::size_t add(std::string sql, std::size_t needs = TrialStep::kNone);
  model::ObjectName temporary(const std::string& name) const;
  bool is_own(const model::ObjectName& name) const { return name.schema == schema_; }
  void add_types(const model::Schema& part);
  void add_tables(const model::Schema& part);
  void add_table(const model::Schema& part, const model::Table& table);
  void add_expressions(const model::Table& table, std::size_t made);
  void add_constraints(const model::Table& table, std::size_t made);
  void add_index(const model::Index& index, const std::string& on, const std::string& owner,
                 std::size_t made);
  void add_views(const model::Schema& part);
  void add_view(const model::Schema& part, const model::View& view);
  void add_functions(const model::Schema& part);
  void add_triggers(const model::Schema& part);
  std::string made_name(const std::string& owner, const std::string& text);

  void take_over(const model::Table& seen, model::Table& table) const;
  void take_over(const model::Table& seen, const std::string& owner, model::Index& index) const;

  std::string schema_;
  std::vector<TrialStep> steps_;
  std::set<model::ObjectName> made_types_;   ///< enum types; all others are those that exist
  std::map<std::string, std::size_t> made_;  ///< tables and views: which step makes them
  /// Names given to constraints and indexes, by owner and what they are.
  std::map<std::pair<std::string, std::string>, std::string> names_;
};

}  // namespace cupel::dialect::postgres
