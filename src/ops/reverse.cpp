// SPDX-License-Identifier: MIT
// One overload per operation; what it returns is the rule. See services.hpp.
#include <algorithm>
#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::ops {
namespace {

using std::nullopt;
using std::optional;

optional<DropTable> reversed(const CreateTable& op) {
  return DropTable{.table = op.table.name, .if_exists = op.if_not_exists, .was = op.table};
}
optional<CreateTable> reversed(const DropTable& op) {
  if (!op.was) return nullopt;
  return CreateTable{.table = *op.was, .if_not_exists = op.if_exists};
}
optional<RenameTable> reversed(const RenameTable& op) {
  return RenameTable{{op.table.schema, op.new_name}, op.table.name, op.if_exists};
}
optional<SetTableSchema> reversed(const SetTableSchema& op) {
  if (op.table.schema.empty()) return nullopt;
  return SetTableSchema{{op.new_schema, op.table.name}, op.table.schema};
}
optional<SetTableComment> reversed(const SetTableComment& op) {
  if (!op.comment && !op.was) return nullopt;
  return SetTableComment{op.table, op.was, op.comment};
}

optional<SetTableOptions> reversed(const SetTableOptions& op) {
  if (!op.was) return nullopt;
  return SetTableOptions{op.table, *op.was, op.to};
}
optional<SetPartition> reversed(const SetPartition& op) {
  if (!op.to && !op.was) return nullopt;
  return SetPartition{op.table, op.was, op.to};
}

optional<DropColumn> reversed(const AddColumn& op) {
  return DropColumn{
      .table = op.table, .column = op.column.name, .if_exists = op.if_not_exists, .was = op.column};
}
optional<AddColumn> reversed(const DropColumn& op) {
  if (!op.was) return nullopt;
  return AddColumn{.table = op.table, .column = *op.was, .if_not_exists = op.if_exists};
}

/// Swaps an attribute with what it was; false if that is not known.
template <typename T>
bool swap_known(optional<T>& now, optional<T>& existing) {
  if (!now) return true;
  std::swap(now, existing);
  return now.has_value();
}
template <typename T>
bool swap_known(Change<T>& now, Change<T>& existing) {
  if (!now) return true;
  std::swap(now, existing);
  return static_cast<bool>(now);
}
optional<AlterColumn> reversed(const AlterColumn& op) {
  AlterColumn back = op;
  std::swap(back.using_expression, back.existing_using_expression);
  if (op.new_name) {
    back.column = *op.new_name;
    back.new_name = op.column;
  }
  const bool known = swap_known(back.nullable, back.existing_nullable) &&
                     swap_known(back.type, back.existing_type) &&
                     swap_known(back.server_default, back.existing_server_default) &&
                     swap_known(back.identity, back.existing_identity) &&
                     swap_known(back.computed, back.existing_computed) &&
                     swap_known(back.comment, back.existing_comment) &&
                     swap_known(back.autoincrement, back.existing_autoincrement) &&
                     swap_known(back.not_null_conflict, back.existing_not_null_conflict);
  if (!known) return nullopt;
  return back;
}

optional<DropConstraint> reversed(const AddConstraint& op) {
  if (model::name_of(op.constraint).empty()) return nullopt;
  return DropConstraint{.table = op.table,
                        .name = model::name_of(op.constraint),
                        .kind = model::kind_of(op.constraint),
                        .if_exists = op.if_not_exists,
                        .was = op.constraint};
}
optional<AddConstraint> reversed(const DropConstraint& op) {
  if (!op.was) return nullopt;
  AddConstraint back{.table = op.table, .constraint = *op.was, .if_not_exists = op.if_exists};
  if (model::name_of(back.constraint).empty()) model::set_name(back.constraint, op.name);
  return back;
}
optional<RenameConstraint> reversed(const RenameConstraint& op) {
  return RenameConstraint{op.table, op.new_name, op.name};
}
optional<ValidateConstraint> reversed(const ValidateConstraint&) { return nullopt; }

optional<DropIndex> reversed(const CreateIndex& op) {
  return DropIndex{.name = op.index.name,
                   .table = op.table,
                   .if_exists = op.if_not_exists,
                   .concurrently = op.concurrently,
                   .was = op.index};
}
optional<CreateIndex> reversed(const DropIndex& op) {
  if (!op.was || op.table.name.empty()) return nullopt;
  return CreateIndex{.table = op.table,
                     .index = *op.was,
                     .if_not_exists = op.if_exists,
                     .concurrently = op.concurrently};
}
optional<RenameIndex> reversed(const RenameIndex& op) {
  return RenameIndex{op.table, op.new_name, op.name};
}

optional<AlterTable> reversed(const AlterTable& op) {
  AlterTable back{.table = op.table, .recreate = op.recreate};
  if (op.copy_from) {
    model::Schema schema;
    schema.tables.push_back(*op.copy_from);
    schema.tables.back().name = op.table;
    apply(op, schema);
    back.copy_from = schema.tables[0];
  } else if (!op.partial_reordering.empty() || op.autoincrement) {
    return nullopt;
  }
  for (auto it = op.extra_constraints.rbegin(); it != op.extra_constraints.rend(); ++it) {
    const optional<DropConstraint> drop = reversed(AddConstraint{op.table, *it});
    if (!drop) return nullopt;
    back.changes.emplace_back(*drop);
  }
  for (auto it = op.changes.rbegin(); it != op.changes.rend(); ++it) {
    optional<TableChange> change = reverse_change(*it);
    if (!change) return nullopt;
    back.changes.push_back(std::move(*change));
  }
  if (!op.partial_reordering.empty()) {
    std::vector<std::string>& order = back.partial_reordering.emplace_back();
    for (const model::Column& column : op.copy_from->columns) order.push_back(column.name);
  }
  if (op.autoincrement) back.autoincrement = op.copy_from->autoincrement;
  return back;
}

optional<DropSchema> reversed(const CreateSchema& op) {
  return DropSchema{.name = op.name, .if_exists = op.if_not_exists};
}
optional<CreateSchema> reversed(const DropSchema& op) {
  if (op.cascade) return nullopt;
  return CreateSchema{op.name, op.if_exists};
}
optional<DropSequence> reversed(const CreateSequence& op) {
  return DropSequence{.name = op.sequence.name, .if_exists = op.if_not_exists, .was = op.sequence};
}
optional<AlterSequence> reversed(const AlterSequence& op) {
  if (!op.was) return nullopt;
  return AlterSequence{*op.was, op.to};
}
optional<CreateSequence> reversed(const DropSequence& op) {
  if (!op.was) return nullopt;
  return CreateSequence{*op.was, op.if_exists};
}
optional<DropEnum> reversed(const CreateEnum& op) {
  return DropEnum{.name = op.type.name, .if_exists = op.if_not_exists, .was = op.type};
}
optional<CreateEnum> reversed(const DropEnum& op) {
  if (!op.was) return nullopt;
  return CreateEnum{*op.was, op.if_exists};
}
optional<AddEnumValue> reversed(const AddEnumValue&) { return nullopt; }
optional<RenameEnumValue> reversed(const RenameEnumValue& op) {
  return RenameEnumValue{op.name, op.new_value, op.value};
}

optional<DropDomain> reversed(const CreateDomain& op) {
  return DropDomain{.name = op.domain.name, .if_exists = op.if_not_exists, .was = op.domain};
}
optional<CreateDomain> reversed(const DropDomain& op) {
  if (!op.was) return nullopt;
  return CreateDomain{*op.was, op.if_exists};
}
optional<RenameType> reversed(const RenameType& op) {
  return RenameType{{op.name.schema, op.new_name}, op.name.name};
}

optional<Operation> reversed(const CreateView& op) {
  if (op.was) return CreateView{.view = *op.was, .or_replace = true, .was = op.view};
  if (op.or_replace) return nullopt;
  return DropView{.name = op.view.name,
                  .materialized = op.view.materialized,
                  .if_exists = op.if_not_exists,
                  .was = op.view};
}
optional<CreateView> reversed(const DropView& op) {
  if (!op.was) return nullopt;
  return CreateView{.view = *op.was, .if_not_exists = op.if_exists};
}
optional<RefreshView> reversed(const RefreshView&) { return nullopt; }
optional<Operation> reversed(const CreateFunction& op) {
  if (op.was) return CreateFunction{*op.was, op.function};
  return DropFunction{.name = op.function.name,
                      .arguments = op.function.arguments,
                      .procedure = op.function.procedure,
                      .was = op.function};
}
optional<CreateFunction> reversed(const DropFunction& op) {
  if (!op.was) return nullopt;
  return CreateFunction{.function = *op.was};
}
optional<DropTrigger> reversed(const CreateTrigger& op) {
  return DropTrigger{.name = op.trigger.name, .table = op.trigger.table, .was = op.trigger};
}
optional<CreateTrigger> reversed(const DropTrigger& op) {
  if (!op.was) return nullopt;
  return CreateTrigger{*op.was};
}
optional<DropExtension> reversed(const CreateExtension& op) {
  return DropExtension{
      .name = op.extension.name, .if_exists = op.if_not_exists, .was = op.extension};
}
optional<CreateExtension> reversed(const DropExtension& op) {
  if (!op.was) return nullopt;
  return CreateExtension{.extension = *op.was, .if_not_exists = op.if_exists};
}
optional<SetComment> reversed(const SetComment& op) {
  if (!op.comment && !op.was) return nullopt;
  return SetComment{op.on, op.object, op.name, op.was, op.comment};
}
optional<ExecuteSql> reversed(const ExecuteSql&) { return nullopt; }
optional<BulkInsert> reversed(const BulkInsert&) { return nullopt; }

bool needs_no_undoing(const Operation& operation) {
  return std::holds_alternative<ValidateConstraint>(operation) ||
         std::holds_alternative<RefreshView>(operation);
}

}  // namespace

optional<Operation> reverse(const Operation& operation) {
  return std::visit([](const auto& op) -> optional<Operation> { return reversed(op); }, operation);
}

optional<TableChange> reverse_change(const TableChange& change) {
  return std::visit([](const auto& op) -> optional<TableChange> { return reversed(op); }, change);
}

std::vector<Operation> reverse_all(const std::vector<Operation>& operations) {
  std::vector<Operation> result;
  for (auto it = operations.rbegin(); it != operations.rend(); ++it) {
    if (needs_no_undoing(*it)) continue;
    optional<Operation> back = reverse(*it);
    if (!back) {
      throw UsageError("cannot be undone by itself: " + describe(*it),
                       "write the downgrade by hand");
    }
    result.push_back(std::move(*back));
  }
  return result;
}

}  // namespace cupel::ops
