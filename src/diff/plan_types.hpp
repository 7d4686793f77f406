// SPDX-License-Identifier: MIT
// Enum types, domains and sequences.
#pragma once

#include <set>

#include "diff/plan.hpp"

namespace cupel::diff {

/// A column of `from`, after the renames.
using ColumnPlace = std::pair<model::ObjectName, std::string>;

class TypePlan {
 public:
  explicit TypePlan(Changes& changes) : changes_(changes) {}
  void run(Plan& plan);

  /// Columns whose values are written anew because their type is made anew.
  const std::set<ColumnPlace>& rewritten() const { return rewritten_; }
  const RenamedTypes& renamed_types() const { return renamed_types_; }

 private:
  void plan_enums(Plan& plan);
  void plan_values(const ObjectDiff<model::EnumType>& diff, Plan& plan);
  void plan_domains(Plan& plan);
  void plan_sequences(Plan& plan);
  template <typename Type>
  void rewrite(const Type& from, const Type& to, Plan& plan);
  void rewrite_columns(const model::ObjectName& type, const model::ObjectName& old,
                       const std::vector<std::string>& values, Plan& plan);
  void rewrite_column(const model::Table& table, const model::Column& column,
                      const model::Type& before, const model::Type& after, Plan& plan);
  bool is_on_the_way_out(const model::Table& table, const model::Column& column) const;

  Changes& changes_;
  std::set<ColumnPlace> rewritten_;
  RenamedTypes renamed_types_;
};

}  // namespace cupel::diff
