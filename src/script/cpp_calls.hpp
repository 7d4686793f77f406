// SPDX-License-Identifier: MIT
// Changes of one table as calls, of `op` or inside of a batch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context/lower.hpp"
#include "script/cpp_values.hpp"

namespace cupel::script::cpp {

/// Without what is only for the way back, which is written out as steps of its own. A `was` that
/// the statement depends on stays.
template <typename Op>
Op without_was(Op op) {
  constexpr bool kNeeded =
      std::is_same_v<Op, ops::SetTableOptions> || std::is_same_v<Op, ops::SetPartition>;
  if constexpr (!kNeeded && requires { op.was.reset(); }) op.was.reset();
  if constexpr (std::is_same_v<Op, ops::AlterColumn>) {
    op.existing_using_expression.clear();
    op.existing_not_null_conflict.reset();
  }
  if constexpr (std::is_same_v<Op, ops::AlterTable>) {
    for (ops::TableChange& change : op.changes)
      std::visit([](auto& it) { it = without_was(it); }, change);
  }
  return op;
}

/// Each gives the call that makes exactly this operation (but for `was`), or nullopt if none does.
class TableCalls {
 public:
  TableCalls(const context::Namer& namer, bool in_batch) : namer_(&namer), in_batch_(in_batch) {}

  std::optional<Code> operator()(const ops::AddColumn& op) const;
  std::optional<Code> operator()(const ops::DropColumn& op) const;
  std::optional<Code> operator()(const ops::AlterColumn& op) const;
  std::optional<Code> operator()(const ops::AddConstraint& op) const;
  std::optional<Code> operator()(const ops::DropConstraint& op) const;
  std::optional<Code> operator()(const ops::RenameConstraint& op) const;
  std::optional<Code> operator()(const ops::CreateIndex& op) const;
  std::optional<Code> operator()(const ops::DropIndex& op) const;
  std::optional<Code> operator()(const ops::SetTableComment& op) const;
  std::optional<Code> operator()(const ops::SetTableOptions& op) const;

 private:
  std::string receiver() const { return in_batch_ ? "batch." : "op."; }
  /// A call whose arguments are `first`, the table unless this is a batch, and `rest`; then the
  /// options, if there are any.
  Code on_table(const std::string& name, std::vector<Code> first, const model::ObjectName& table,
                std::vector<Code> rest, FieldList options = {}) const;
  /// The same with the table's schema as the last argument.
  Code with_schema(const std::string& name, std::vector<Code> first, const model::ObjectName& table,
                   std::vector<Code> rest) const;
  /// A batch says the schema for all.
  std::string schema_of(const model::ObjectName& table) const {
    return in_batch_ ? std::string() : table.schema;
  }
  Code constraint_call(const model::PrimaryKey& key, const ops::AddConstraint& op, Code name) const;
  Code constraint_call(const model::UniqueConstraint& unique, const ops::AddConstraint& op,
                       Code name) const;
  Code constraint_call(const model::ForeignKey& key, const ops::AddConstraint& op, Code name) const;
  Code constraint_call(const model::CheckConstraint& check, const ops::AddConstraint& op,
                       Code name) const;
  Code constraint_call(const model::ExcludeConstraint& exclude, const ops::AddConstraint& op,
                       Code name) const;

  const context::Namer* namer_;
  bool in_batch_;
};

}  // namespace cupel::script::cpp
