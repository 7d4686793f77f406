// SPDX-License-Identifier: MIT
// Changes of one table as calls, of `op` or inside of a batch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "context/lower.hpp"
#include "script/cpp_values.hpp"

namespace cupel::script::cpp {

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
