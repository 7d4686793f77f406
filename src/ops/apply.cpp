// SPDX-License-Identifier: MIT
// Changes of tables with everything that they touch elsewhere in the schema. See services.hpp for
// the rules, apply.hpp for the map.
#include "ops/apply.hpp"

#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

using model::Column;
using model::Constraint;
using model::ForeignKey;
using model::Index;
using model::Schema;
using model::Table;
using model::to_string;

namespace {

ForeignKey* foreign_key_to(Constraint& constraint, const ObjectName& table) {
  auto* key = std::get_if<ForeignKey>(&constraint);
  return key != nullptr && key->referred_table == table ? key : nullptr;
}

bool mentions_table(const std::string& sql, const std::string& name) {
  return rename_table_in_sql(sql, name, name + "\n") != sql;
}

/// The column that owns the sequence. Its table is in the sequence's schema unless it says another.
std::optional<model::ColumnName> owner_of(const model::Sequence& sequence) {
  if (sequence.owned_by.empty()) return std::nullopt;
  model::ColumnName owner = model::parse_column_name(sequence.owned_by);
  if (owner.table.schema.empty()) owner.table.schema = sequence.name.schema;
  return owner;
}
void set_owner(model::Sequence& sequence, model::ColumnName owner) {
  if (owner.table.schema == sequence.name.schema) owner.table.schema.clear();
  sequence.owned_by = to_string(owner);
}

/// True if the column's name in the view's text can only be this table's.
bool is_unambiguous(const Schema& schema, const Table& table, const std::string& column,
                    const std::string& sql) {
  if (!mentions_table(sql, table.name.name)) return false;
  return std::none_of(schema.tables.begin(), schema.tables.end(), [&](const Table& other) {
    return &other != &table && other.find_column(column) != nullptr &&
           mentions_table(sql, other.name.name);
  });
}

}  // namespace

Table& SchemaApplier::table(const ObjectName& name) const {
  if (Table* found = schema_.find_table(name)) return *found;
  std::vector<std::string> names;
  for (const Table& it : schema_.tables) names.push_back(to_string(it.name));
  throw no_such("table", to_string(name), names);
}

std::vector<ObjectName> SchemaApplier::partitions_of(const ObjectName& table) const {
  std::vector<ObjectName> names;
  for (const Table& it : schema_.tables) {
    if (it.partition_of && it.partition_of->parent == table) names.push_back(it.name);
  }
  return names;
}

void SchemaApplier::require_free(const ObjectName& name) const {
  if (schema_.find_table(name) != nullptr) throw already_there("table", to_string(name));
  if (schema_.find_view(name) != nullptr) throw already_there("view", to_string(name));
}

void SchemaApplier::add_enums_of(const model::Type& type) const {
  for (const model::Type& element : type.element) add_enums_of(element);
  if (type.kind != model::TypeKind::Enum || !type.native || !type.create_type) return;
  const ObjectName name(type.schema, type.name);
  if (type.name.empty() || schema_.find_enum(name) != nullptr) return;
  schema_.enums.push_back({name, type.values, {}});
}

void SchemaApplier::operator()(const CreateTable& op) const {
  const ObjectName& name = op.table.name;
  const bool exists = schema_.find_table(name) != nullptr || schema_.find_view(name) != nullptr;
  if (exists && op.if_not_exists) return;
  require_free(name);
  Table created = op.table;
  if (created.partition_of && created.columns.empty()) {
    created.columns = table(created.partition_of->parent).columns;
  }
  if (created.primary_key) {
    for (const std::string& it : created.primary_key->columns) {
      if (Column* column = created.find_column(it)) column->nullable = false;
    }
  }
  for (const Column& column : created.columns) add_enums_of(column.type);
  schema_.tables.push_back(std::move(created));
}

void SchemaApplier::erase_table(const ObjectName& name) const {
  for (const ObjectName& partition : partitions_of(name)) erase_table(partition);
  std::erase_if(schema_.triggers, [&](const auto& it) { return it.table == name; });
  std::erase_if(schema_.sequences, [&](const auto& it) {
    const std::optional<model::ColumnName> owner = owner_of(it);
    return owner && owner->table == name;
  });
  std::erase_if(schema_.tables, [&](const Table& it) { return it.name == name; });
}

void SchemaApplier::drop_views_that_mention(const ObjectName& table,
                                            const std::string& column) const {
  std::erase_if(schema_.views, [&](const model::View& it) {
    return mentions_table(it.definition, table.name) &&
           (column.empty() || mentions_identifier(it.definition, column));
  });
}

/// Drops other tables' foreign keys that refer to any of the columns; all of them if none is named.
void SchemaApplier::drop_references(const ObjectName& table,
                                    const std::vector<std::string>& columns) const {
  for (Table& other : schema_.tables) {
    if (other.name == table) continue;
    std::erase_if(other.constraints, [&](Constraint& it) {
      const ForeignKey* key = foreign_key_to(it, table);
      if (key == nullptr) return false;
      return columns.empty() ||
             std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
               const auto& referred = key->referred_columns;
               return std::find(referred.begin(), referred.end(), column) != referred.end();
             });
    });
  }
}

void SchemaApplier::operator()(const DropTable& op) const {
  if (op.if_exists && schema_.find_table(op.table) == nullptr) return;
  table(op.table);
  if (op.cascade) {
    drop_references(op.table, {});
    drop_views_that_mention(op.table, {});
  }
  erase_table(op.table);
}

/// Lets everything that names the table name it anew.
void SchemaApplier::move_table(const ObjectName& from, const ObjectName& to) const {
  for (Table& it : schema_.tables) {
    for (Constraint& constraint : it.constraints) {
      if (ForeignKey* key = foreign_key_to(constraint, from)) key->referred_table = to;
    }
    if (it.partition_of && it.partition_of->parent == from) it.partition_of->parent = to;
    std::replace(it.inherits.begin(), it.inherits.end(), from, to);
  }
  for (model::Trigger& it : schema_.triggers) {
    if (it.table == from) it.table = to;
  }
  for (model::Sequence& it : schema_.sequences) {
    std::optional<model::ColumnName> owner = owner_of(it);
    if (!owner || owner->table != from) continue;
    it.name.schema = to.schema;  // an owned sequence lives with its table
    owner->table = to;
    set_owner(it, *owner);
  }
  table(from).name = to;
}

void SchemaApplier::operator()(const RenameTable& op) const {
  if (op.if_exists && schema_.find_table(op.table) == nullptr) return;
  Table& renamed = table(op.table);
  const ObjectName from = renamed.name;
  const ObjectName to(from.schema, op.new_name);
  if (from == to) return;
  require_free(to);
  for (Constraint& it : renamed.constraints) {
    if (auto* check = std::get_if<model::CheckConstraint>(&it)) {
      check->expression = rename_table_in_sql(check->expression, from.name, to.name);
    }
  }
  for (model::Trigger& it : schema_.triggers) {
    it.definition = rename_table_in_sql(it.definition, from.name, to.name);
  }
  for (model::View& it : schema_.views) {
    it.definition = rename_table_in_sql(it.definition, from.name, to.name);
  }
  move_table(from, to);
}

void SchemaApplier::operator()(const SetTableSchema& op) const {
  const ObjectName from = table(op.table).name;
  const ObjectName to(op.new_schema, from.name);
  if (from == to) return;
  require_free(to);
  move_table(from, to);
}

void SchemaApplier::operator()(const SetTableComment& op) const {
  TableApplier(table(op.table))(op);
}

void SchemaApplier::operator()(const SetTableOptions& op) const {
  TableApplier(table(op.table))(op);
}

void SchemaApplier::operator()(const SetPartition& op) const {
  if (op.to) table(op.to->parent);
  table(op.table).partition_of = op.to;
}

void SchemaApplier::operator()(const AddColumn& op) const {
  TableApplier(table(op.table))(op);
  add_enums_of(op.column.type);
  for (const ObjectName& partition : partitions_of(op.table)) {
    AddColumn same = op;
    same.table = partition;
    (*this)(same);
  }
}

void SchemaApplier::operator()(const DropColumn& op) const {
  Table& changed = table(op.table);
  if (op.if_exists && changed.find_column(op.column) == nullptr) return;
  TableApplier{changed}(op);
  if (op.cascade) {
    drop_references(op.table, {op.column});
    drop_views_that_mention(op.table, op.column);
  }
  std::erase_if(schema_.sequences, [&](const model::Sequence& it) {
    return owner_of(it) == model::ColumnName{op.table, op.column};
  });
  for (const ObjectName& partition : partitions_of(op.table)) {
    DropColumn same = op;
    same.table = partition;
    (*this)(same);
  }
}

void SchemaApplier::rename_column_elsewhere(const AlterColumn& op) const {
  const Table& renamed = table(op.table);
  const std::string& from = op.column;
  const std::string& to = *op.new_name;
  for (Table& other : schema_.tables) {
    for (Constraint& it : other.constraints) {
      ForeignKey* key = foreign_key_to(it, op.table);
      if (key == nullptr || other.name == op.table) continue;
      std::replace(key->referred_columns.begin(), key->referred_columns.end(), from, to);
    }
  }
  for (model::Trigger& it : schema_.triggers) {
    if (it.table == op.table) it.definition = rename_in_expression(it.definition, from, to);
  }
  for (model::View& it : schema_.views) {
    if (is_unambiguous(schema_, renamed, from, it.definition)) {
      it.definition = rename_in_expression(it.definition, from, to);
    }
  }
  for (model::Sequence& it : schema_.sequences) {
    if (owner_of(it) == model::ColumnName{op.table, from}) set_owner(it, {op.table, to});
  }
}

void SchemaApplier::operator()(const AlterColumn& op) const {
  Table& changed = table(op.table);
  if (op.if_exists && changed.find_column(op.column) == nullptr) return;
  TableApplier{changed}(op);
  if (op.type) add_enums_of(*op.type);
  if (op.new_name && *op.new_name != op.column) rename_column_elsewhere(op);
  for (const ObjectName& partition : partitions_of(op.table)) {
    AlterColumn same = op;
    same.table = partition;
    same.comment = {};  // the one thing that partitions do not inherit
    (*this)(same);
  }
}

void SchemaApplier::operator()(const AddConstraint& op) const { TableApplier(table(op.table))(op); }

void SchemaApplier::operator()(const DropConstraint& op) const {
  Table& changed = table(op.table);
  const std::optional<int> place = find_constraint(changed, op.name, op.kind);
  if (op.cascade && place) {
    const Constraint constraint = constraint_at(changed, *place);
    const bool is_key = *place < 0 || std::holds_alternative<model::UniqueConstraint>(constraint);
    const std::vector<std::string> columns = model::columns_of(constraint);
    for (Table& other : schema_.tables) {
      std::erase_if(other.constraints, [&](Constraint& it) {
        const ForeignKey* key = foreign_key_to(it, op.table);
        if (key == nullptr || !is_key || other.name == op.table) return false;
        return key->referred_columns.empty() ? *place < 0 : key->referred_columns == columns;
      });
    }
  }
  TableApplier{changed}(op);
}

void SchemaApplier::operator()(const RenameConstraint& op) const {
  TableApplier(table(op.table))(op);
}
void SchemaApplier::operator()(const ValidateConstraint& op) const {
  TableApplier(table(op.table))(op);
}

std::vector<Index>* SchemaApplier::indexes_with(const ObjectName& owner,
                                                const std::string& index) const {
  const auto holds = [&](const ObjectName& name, const std::vector<Index>& indexes) {
    const bool is_owner = owner.name.empty() ? name.schema == owner.schema : name == owner;
    return is_owner && std::any_of(indexes.begin(), indexes.end(),
                                   [&](const Index& it) { return it.name == index; });
  };
  for (Table& it : schema_.tables) {
    if (holds(it.name, it.indexes)) return &it.indexes;
  }
  for (model::View& it : schema_.views) {
    if (holds(it.name, it.indexes)) return &it.indexes;
  }
  return nullptr;
}

bool SchemaApplier::has_index(const std::string& schema, const std::string& index) const {
  return indexes_with({schema, {}}, index) != nullptr;
}

void SchemaApplier::operator()(const CreateIndex& op) const {
  const std::string& name = op.index.name;
  if (!name.empty() && has_index(op.table.schema, name)) {
    if (op.if_not_exists) return;
    throw already_there("index", to_string(ObjectName(op.table.schema, name)));
  }
  model::View* view = schema_.find_view(op.table);
  if (view != nullptr && view->materialized) {
    view->indexes.push_back(op.index);
    return;
  }
  TableApplier(table(op.table))(op);
}

void SchemaApplier::operator()(const DropIndex& op) const {
  std::vector<Index>* indexes = indexes_with(op.table, op.name);
  if (indexes != nullptr) {
    std::erase_if(*indexes, [&](const Index& it) { return it.name == op.name; });
    return;
  }
  if (op.if_exists) return;
  if (!op.table.name.empty()) return TableApplier(table(op.table))(op);
  throw no_such("index", to_string(ObjectName(op.table.schema, op.name)), {});
}

void SchemaApplier::operator()(const RenameIndex& op) const {
  if (has_index(op.table.schema, op.new_name)) {
    throw already_there("index", to_string(ObjectName(op.table.schema, op.new_name)));
  }
  if (std::vector<Index>* indexes = indexes_with(op.table, op.name)) {
    for (Index& it : *indexes) {
      if (it.name == op.name) it.name = op.new_name;
    }
    return;
  }
  // The index of a constraint bears its name: renaming one renames the other.
  for (Table& it : schema_.tables) {
    const bool may_own =
        op.table.name.empty() ? it.name.schema == op.table.schema : it.name == op.table;
    if (may_own && it.find_constraint(op.name)) {
      return TableApplier(it)(RenameConstraint{it.name, op.name, op.new_name});
    }
  }
  throw no_such("index", to_string(ObjectName(op.table.schema, op.name)), {});
}

void SchemaApplier::operator()(const AlterTable& op) const {
  Table* existing = schema_.find_table(op.table);
  if (op.copy_from && (existing == nullptr || op.recreate == Recreate::Always)) {
    Table start = *op.copy_from;
    start.name = op.table;
    if (existing == nullptr) {
      schema_.tables.push_back(std::move(start));
    } else {
      *existing = std::move(start);
    }
  }
  std::vector<std::vector<std::string>> orders = op.partial_reordering;
  for (const TableChange& change : op.changes) {
    std::visit(
        [&](auto it) {
          it.table = op.table;
          (*this)(it);
        },
        change);
    const auto* renamed = std::get_if<AlterColumn>(&change);
    if (renamed == nullptr || !renamed->new_name) continue;
    for (std::vector<std::string>& order : orders) {
      std::replace(order.begin(), order.end(), renamed->column, *renamed->new_name);
    }
  }
  if (op.recreate != Recreate::Never) {
    for (const Constraint& it : op.extra_constraints) (*this)(AddConstraint{op.table, it});
  }
  Table& changed = table(op.table);
  if (!orders.empty()) reorder_columns(changed, orders);
  if (op.autoincrement) changed.autoincrement = *op.autoincrement;
}

void apply(const Operation& operation, Schema& schema) {
  std::visit(SchemaApplier(schema), operation);
}

}  // namespace cupel::ops
