// SPDX-License-Identifier: MIT
// Options of op calls to model values: shared by Operations and BatchOperations.
#pragma once

#include "cupel/context/operations.hpp"

namespace cupel::context {

/// Resolves names by the naming convention of a project.
class Namer {
 public:
  Namer(const model::NamingConvention& convention, std::size_t max_length)
      : convention_(&convention), max_length_(max_length) {}
  model::Constraint name(const ObjectName& table, const ConstraintName& name,
                         model::Constraint constraint) const;
  model::Index name(const ObjectName& table, const ConstraintName& name, model::Index index) const;
  /// The name under which `name` was created: a convention with %(constraint_name)s applies to
  /// drops as well.
  std::string existing(const ObjectName& table, const ConstraintName& name,
                       std::optional<model::ConstraintKind> kind) const;
  const model::NamingConvention& convention() const { return *convention_; }
  std::size_t max_length() const { return max_length_; }

 private:
  const model::NamingConvention* convention_;
  std::size_t max_length_;
};

model::UniqueConstraint make_unique(std::vector<std::string> columns,
                                    const ConstraintOptions& options);
model::CheckConstraint make_check(std::string condition, const ConstraintOptions& options);
model::ForeignKey make_foreign_key(std::string referent_table,
                                   std::vector<std::string> local_columns,
                                   std::vector<std::string> remote_columns,
                                   const ForeignKeyOptions& options);
model::ExcludeConstraint make_exclude(std::vector<model::ExcludeElement> elements,
                                      const ExcludeOptions& options);
model::Index make_index(std::vector<model::IndexElement> columns,
                        const CreateIndexOptions& options);
ops::AlterColumn make_alter_column(ObjectName table, std::string column,
                                   AlterColumnOptions options);
std::optional<model::ConstraintKind> parse_type(const std::string& word);

/// What add_column means: the column itself, then its constraints and indexes, each its own
/// operation.
struct LoweredAddColumn {
  ops::AddColumn add;
  std::vector<model::Constraint> constraints;
  std::vector<model::Index> indexes;
};
LoweredAddColumn lower_add_column(const ObjectName& table, const ColumnDefinition& column,
                                  const AddColumnOptions& options, const Namer& namer);

}  // namespace cupel::context
