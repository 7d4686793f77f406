// SPDX-License-Identifier: MIT
// See table_operations.hpp.
#include "diff/table_operations.hpp"

#include "cupel/ops/services.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::Index;
using model::Table;

Constraint named(Constraint constraint, const Table& table, const DiffRules& rules) {
  if (!model::name_of(constraint).empty()) return constraint;
  const std::string name = rules.name_for(table, constraint);
  std::string free = name;
  for (int number = 1; table.find_constraint(free); ++number) free = name + std::to_string(number);
  model::set_name(constraint, free);
  return constraint;
}

namespace {

class Writer {
 public:
  Writer(const TableDiff& diff, const DiffRules& rules, bool concurrent)
      : diff_(diff),
        rules_(rules),
        from_(*diff.from.original),
        to_(*diff.to.original),
        concurrent_(concurrent) {}

  TableOperations run() {
    for (const auto& it : diff_.indexes) drop(it);
    for (const auto& it : diff_.constraints) drop(it);
    for (const auto& it : diff_.indexes) rename(it);
    for (const auto& it : diff_.constraints) rename(it);
    for (const ColumnDiff& it : diff_.columns) write(it);
    for (const auto& it : diff_.constraints) add(it);
    for (const auto& it : diff_.indexes) add(it);
    if (diff_.comment) {
      put(ops::SetTableComment{
          .table = to_.name, .comment = some(to_.comment), .was = some(from_.comment)});
    }
    return std::move(result_);
  }

 private:
  static std::optional<std::string> some(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }
  template <typename T>
  static ops::Change<T> change_to(const std::optional<T>& value) {
    return value ? ops::Change<T>(*value) : ops::Change<T>(nullptr);
  }
  static ops::Change<std::string> change_to(const std::string& comment) {
    return comment.empty() ? ops::Change<std::string>(nullptr) : ops::Change<std::string>(comment);
  }

  void put(ops::Operation operation) { result_.changes.push_back(std::move(operation)); }

  void drop(const PartDiff<Constraint>& diff) {
    if (!diff.is_removed() && !diff.is_changed()) return;
    const bool foreign = std::holds_alternative<model::ForeignKey>(*diff.from);
    const Constraint was = named(*diff.from, from_, rules_);
    ops::DropConstraint drop{.table = from_.name,
                             .name = model::name_of(was),
                             .kind = model::kind_of(was),
                             .was = *diff.from};
    (foreign ? result_.drop_foreign_keys : result_.changes).emplace_back(std::move(drop));
  }
  void drop(const PartDiff<Index>& diff) {
    if (!diff.is_removed() && !diff.is_changed()) return;
    put(ops::DropIndex{.name = diff.from->name,
                       .table = from_.name,
                       .concurrently = concurrent_,
                       .was = *diff.from});
  }

  void rename(const PartDiff<Constraint>& diff) {
    if (diff.renamed && !diff.is_changed()) {
      put(ops::RenameConstraint{from_.name, model::name_of(*diff.from), model::name_of(*diff.to)});
    }
  }
  void rename(const PartDiff<Index>& diff) {
    if (diff.renamed && !diff.is_changed()) {
      put(ops::RenameIndex{from_.name, diff.from->name, diff.to->name});
    }
  }

  void add(const PartDiff<Constraint>& diff) {
    if (!diff.is_added() && !diff.is_changed()) {
      if (diff.validated) put(ops::ValidateConstraint{to_.name, model::name_of(*diff.from)});
      return;
    }
    const bool foreign = std::holds_alternative<model::ForeignKey>(*diff.to);
    ops::AddConstraint add{.table = to_.name, .constraint = named(*diff.to, to_, rules_)};
    (foreign ? result_.add_foreign_keys : result_.changes).emplace_back(std::move(add));
  }
  void add(const PartDiff<Index>& diff) {
    if (!diff.is_added() && !diff.is_changed()) return;
    put(ops::CreateIndex{.table = to_.name, .index = *diff.to, .concurrently = concurrent_});
  }

  void write(const ColumnDiff& diff) {
    // The columns as they were written, not as they are stored.
    const Column* from = diff.from == nullptr ? nullptr : from_.find_column(diff.from->name);
    const Column* to = diff.to == nullptr ? nullptr : to_.find_column(diff.to->name);
    if (from != nullptr && (to == nullptr || diff.replaced)) {
      put(ops::DropColumn{.table = from_.name, .column = from->name, .was = *from});
    }
    if (to != nullptr && (from == nullptr || diff.replaced)) {
      put(ops::AddColumn{.table = to_.name, .column = *to});
    } else if (to != nullptr) {
      put(altered(diff, *from, *to));
    }
  }

  ops::AlterColumn altered(const ColumnDiff& diff, const Column& from, const Column& to) const {
    ops::AlterColumn op{.table = to_.name, .column = to.name};
    op.existing_type = from.type;
    op.existing_nullable = diff.from->nullable;
    if (diff.type) {
      op.type = to.type;
      op.using_expression = rules_.using_expression(to.name, diff.from->type, diff.to->type);
    }
    if (diff.nullable) op.nullable = diff.to->nullable;
    if (diff.server_default) op.server_default = change_to(to.server_default);
    if (diff.server_default || diff.type)
      op.existing_server_default = change_to(from.server_default);
    if (diff.computed) {
      op.computed = change_to(to.computed);
      op.existing_computed = change_to(from.computed);
    }
    if (diff.identity) {
      op.identity = change_to(to.identity);
      op.existing_identity = change_to(from.identity);
    }
    if (diff.autoincrement) {
      op.existing_autoincrement = rules_.numbers_rows(diff_.from.table, *diff.from);
      op.autoincrement = !*op.existing_autoincrement;
    }
    if (diff.comment) {
      op.comment = change_to(to.comment);
      op.existing_comment = change_to(from.comment);
    }
    return op;
  }

  const TableDiff& diff_;
  const DiffRules& rules_;
  const Table& from_;
  const Table& to_;
  bool concurrent_;
  TableOperations result_;
};

}  // namespace

TableOperations operations_of(const TableDiff& diff, const DiffRules& rules,
                              bool concurrent_indexes) {
  return Writer(diff, rules, concurrent_indexes).run();
}

}  // namespace cupel::diff
