// SPDX-License-Identifier: MIT
// See trial.hpp.
#include "dialect/postgres/trial.hpp"

#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/head.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/types.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::ObjectName;
using model::Schema;
using model::Table;

constexpr const char* kTemporary = "pg_temp";

std::string quoted(const ObjectName& name) { return writer().quote(name); }

/// The column's type, where an enum that the trial makes is the temporary one.
model::Type trial_type(model::Type type, const std::set<ObjectName>& made) {
  for (model::Type& element : type.element) element = trial_type(element, made);
  if (type.kind == model::TypeKind::Enum) {
    type.create_type = false;
    if (made.count({type.schema, type.name}) != 0) type.schema.clear();
  }
  return type;
}

model::Column trial_column(const model::Column& column, const std::set<ObjectName>& made) {
  model::Column plain;
  plain.name = column.name;
  plain.type = trial_type(column.type, made);
  plain.computed = column.computed;
  plain.autoincrement = model::Autoincrement::No;
  return plain;
}

bool has_text(const model::Index& index) {
  return !index.where.empty() ||
         std::any_of(index.elements.begin(), index.elements.end(), [](const auto& element) {
           return !element.expression.empty() || !element.operator_class.empty() ||
                  !element.collation.empty();
         });
}

/// What tells a constraint or index from the others of its table, before and after.
std::string identity_of(const model::Constraint& constraint) {
  return model::to_string(constraint);
}
std::string identity_of(const model::Index& index) { return model::to_string(index); }

}  // namespace

Trial::Trial(const Schema& part, std::string schema) : schema_(std::move(schema)) {
  add_types(part);
  add_functions(part);
  add_tables(part);
  add_views(part);
  add_triggers(part);
}

std::size_t Trial::add(std::string sql, std::size_t needs) {
  steps_.push_back({std::move(sql), needs});
  return steps_.size() - 1;
}

ObjectName Trial::temporary(const std::string& name) const { return {kTemporary, name}; }

std::string Trial::made_name(const std::string& owner, const std::string& text) {
  return names_[{owner, text}] = "cupel_trial_" + std::to_string(names_.size());
}

// Types, functions, sequences

void Trial::add_types(const Schema& part) {
  for (model::EnumType type : part.enums) {
    if (!is_own(type.name)) continue;
    made_types_.insert(type.name);
    type.name = temporary(type.name.name);
    type.comment.clear();
    add(writer().write(ops::CreateEnum{type}).front().sql);
  }
  for (const model::Domain& domain : part.domains)
    if (is_own(domain.name))
      add("CREATE DOMAIN " + quoted(temporary(domain.name.name)) + " " + domain.definition);
  for (const model::Sequence& sequence : part.sequences)
    if (is_own(sequence.name)) add("CREATE SEQUENCE " + quoted(temporary(sequence.name.name)));
}

void Trial::add_functions(const Schema& part) {
  for (const model::Function& function : part.functions) {
    if (!is_own(function.name)) continue;
    const std::string sql = with_name(function.definition, quoted(temporary(function.name.name)));
    if (!sql.empty()) add(sql);
  }
}

// Tables

void Trial::add_tables(const Schema& part) {
  for (const Table& table : part.tables)
    if (is_own(table.name)) add_table(part, table);
}

void Trial::add_table(const Schema& part, const Table& table) {
  if (made_.count(table.name.name) != 0) return;
  made_[table.name.name] = TrialStep::kNone;
  const auto parent_step = [&](const ObjectName& parent) {
    if (const Table* found = part.find_table(parent); found != nullptr && is_own(parent))
      add_table(part, *found);
    const auto made = made_.find(parent.name);
    return is_own(parent) && made != made_.end() ? made->second : TrialStep::kNone;
  };
  Table plain;
  plain.name = temporary(table.name.name);
  plain.partition_by = table.partition_by;
  std::size_t needs = TrialStep::kNone;
  if (table.partition_of) {
    needs = parent_step(table.partition_of->parent);
    plain.partition_of = {temporary(table.partition_of->parent.name), table.partition_of->bound};
  }
  for (const ObjectName& parent : table.inherits) {
    needs = parent_step(parent);
    if (needs != TrialStep::kNone) plain.inherits.push_back(temporary(parent.name));
  }
  for (const model::Column& column : table.columns)
    if (!column.computed) plain.columns.push_back(trial_column(column, made_types_));
  const std::size_t made = add(writer().write(ops::CreateTable{plain}).front().sql, needs);
  made_[table.name.name] = made;
  add_expressions(table, made);
  add_constraints(table, made);
  for (const model::Index& index : table.indexes)
    if (has_text(index)) add_index(index, table.name.name, table.name.name, made);
}

void Trial::add_expressions(const Table& table, std::size_t made) {
  const std::string alter = "ALTER TABLE " + quoted(temporary(table.name.name)) + " ";
  for (const model::Column& column : table.columns) {
    const std::string name = writer().quote(std::string_view(column.name));
    if (column.computed && !table.partition_of) {
      const ops::AddColumn add_column{temporary(table.name.name),
                                      trial_column(column, made_types_)};
      add(writer().write(add_column).front().sql, made);
    } else if (column.server_default) {
      add(alter + "ALTER COLUMN " + name + " SET DEFAULT " +
              writer().expression_text(*column.server_default),
          made);
    }
  }
}

void Trial::add_constraints(const Table& table, std::size_t made) {
  for (const model::Constraint& given : table.constraints) {
    model::Constraint constraint = given;
    if (auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
      check->column.clear();
      check->not_valid = check->no_inherit = false;
      check->comment.clear();
    } else if (auto* exclude = std::get_if<model::ExcludeConstraint>(&constraint)) {
      exclude->comment.clear();
    } else {
      continue;
    }
    model::set_name(constraint, made_name(table.name.name, identity_of(given)));
    add(writer().write(ops::AddConstraint{temporary(table.name.name), constraint}).front().sql,
        made);
  }
}

void Trial::add_index(const model::Index& given, const std::string& on, const std::string& owner,
                      std::size_t made) {
  model::Index index = given;
  index.name = made_name(owner, identity_of(given));
  index.tablespace.clear();
  index.comment.clear();
  add(writer().write(ops::CreateIndex{temporary(on), index}).front().sql, made);
}

// Views

void Trial::add_views(const Schema& part) {
  for (const model::View& view : part.views)
    if (is_own(view.name)) add_view(part, view);
}

/// A materialised view cannot be temporary: a plain one shows its text, and a table takes its
/// indexes.
void Trial::add_view(const Schema& part, const model::View& view) {
  if (made_.count(view.name.name) != 0) return;
  made_[view.name.name] = TrialStep::kNone;
  for (const model::View& other : part.views)
    if (is_own(other.name) && ops::mentions_identifier(view.definition, other.name.name))
      add_view(part, other);
  model::View plain;
  plain.name = temporary(view.name.name);
  plain.definition = view.definition;
  plain.columns = view.columns;
  const std::size_t made = add(writer().write(ops::CreateView{plain}).front().sql);
  made_[view.name.name] = made;
  if (std::none_of(view.indexes.begin(), view.indexes.end(), has_text)) return;
  const std::string rows = made_name(view.name.name, "rows");
  const std::size_t table = add("CREATE TABLE " + quoted(temporary(rows)) + " AS SELECT * FROM " +
                                    quoted(plain.name) + " WITH NO DATA",
                                made);
  for (const model::Index& index : view.indexes)
    if (has_text(index)) add_index(index, rows, view.name.name, table);
}

void Trial::add_triggers(const Schema& part) {
  for (const model::Trigger& trigger : part.triggers) {
    const auto table = made_.find(trigger.table.name);
    if (!is_own(trigger.table) || table == made_.end()) continue;
    const std::string sql = with_table(trigger.definition, quoted(temporary(trigger.table.name)));
    if (!sql.empty()) add(sql, table->second);
  }
}

// The way back

void Trial::take_over(const Table& seen, const std::string& owner, model::Index& index) const {
  const auto name = names_.find({owner, identity_of(index)});
  const model::Index* other = name == names_.end() ? nullptr : seen.find_index(name->second);
  if (other == nullptr) return;
  index.elements = other->elements;
  index.where = other->where;
}

void Trial::take_over(const Table& seen, Table& table) const {
  for (model::Column& column : table.columns) {
    const model::Column* other = seen.find_column(column.name);
    if (other == nullptr) continue;
    if (column.server_default && other->server_default)
      column.server_default = other->server_default;
    if (column.computed && other->computed)
      column.computed->expression = other->computed->expression;
  }
  for (model::Constraint& constraint : table.constraints) {
    const auto name = names_.find({table.name.name, identity_of(constraint)});
    if (name == names_.end()) continue;
    const std::optional<model::Constraint> other = seen.find_constraint(name->second);
    if (!other) continue;
    if (auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
      check->expression = std::get<model::CheckConstraint>(*other).expression;
    } else if (auto* exclude = std::get_if<model::ExcludeConstraint>(&constraint)) {
      exclude->elements = std::get<model::ExcludeConstraint>(*other).elements;
      exclude->where = std::get<model::ExcludeConstraint>(*other).where;
    }
  }
  for (model::Index& index : table.indexes) take_over(seen, table.name.name, index);
  if (!table.partition_by.empty()) table.partition_by = seen.partition_by;
  if (table.partition_of && seen.partition_of) table.partition_of->bound = seen.partition_of->bound;
}

void Trial::take_over(const Schema& seen, Schema& part) const {
  const std::string prefix = schema_.empty() ? "" : quote_identifier(schema_) + ".";
  for (model::Domain& domain : part.domains)
    for (const model::Domain& other : seen.domains)
      if (is_own(domain.name) && other.name.name == domain.name.name)
        domain.definition = other.definition;
  for (Table& table : part.tables) {
    const Table* other = is_own(table.name) ? seen.find_table(table.name.name) : nullptr;
    if (other != nullptr) take_over(*other, table);
  }
  for (model::View& view : part.views) {
    const model::View* other = is_own(view.name) ? seen.find_view(view.name.name) : nullptr;
    if (other == nullptr) continue;
    view.definition = other->definition;
    view.columns.clear();  // the server writes them into the SELECT
    const auto rows = names_.find({view.name.name, "rows"});
    const Table* table = rows == names_.end() ? nullptr : seen.find_table(rows->second);
    if (table == nullptr) continue;
    for (model::Index& index : view.indexes) take_over(*table, view.name.name, index);
  }
  for (model::Function& function : part.functions)
    for (const model::Function& other : seen.functions)
      if (is_own(function.name) && other.name.name == function.name.name &&
          other.arguments == function.arguments)
        function.definition =
            with_name(other.definition, prefix + quote_identifier(function.name.name));
  for (model::Trigger& trigger : part.triggers)
    for (const model::Trigger& other : seen.triggers)
      if (is_own(trigger.table) && other.table.name == trigger.table.name &&
          other.name == trigger.name)
        trigger.definition =
            with_table(other.definition, prefix + quote_identifier(trigger.table.name));
}

}  // namespace cupel::dialect::postgres
