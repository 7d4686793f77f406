// SPDX-License-Identifier: MIT
// One of the two schemas, with what is asked of it again and again.
#pragma once

#include "cupel/diff/diff.hpp"
#include "diff/names.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {

class Side {
 public:
  /// Tables that are not to be looked at are left out. Keeps references.
  Side(const model::Schema& schema, const DiffRules& rules, const Options& options);

  const model::Schema& schema() const { return *schema_; }
  /// In the schema's order.
  const std::vector<const model::Table*>& tables() const { return list_; }
  /// By the name under which it is stored; null if there is none.
  const model::Table* find(const model::ObjectName& stored_name) const;

  /// Ready to be compared.
  StoredTable stored(const model::Table& table) const;

 private:
  void name_referred_columns(model::Table& table) const;
  void leave_out(model::Table& table) const;

  const model::Schema* schema_;
  const DiffRules* rules_;
  const Options* options_;
  std::vector<const model::Table*> list_;
  ByName<const model::Table*> tables_;
};

/// Normalises the table.
StoredTable as_stored(model::Table table, const model::Table& original);

/// What Finding::part calls it.
std::string part_of(const model::Column& column);
std::string part_of(const model::Constraint& constraint);
std::string part_of(const model::Index& index);

}  // namespace cupel::diff
