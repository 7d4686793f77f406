// SPDX-License-Identifier: MIT
// See plan_types.hpp.
#include "diff/plan_types.hpp"

#include <algorithm>
#include <utility>

#include "cupel/model/naming.hpp"
#include "cupel/ops/services.hpp"
#include "diff/texts.hpp"

namespace cupel::diff {

using model::Column;
using model::ObjectName;
using model::Table;

namespace {

bool speaks_of(const model::Type& type, const ObjectName& name) {
  return name_of_own_type(type) == name ||
         std::any_of(type.element.begin(), type.element.end(),
                     [&](const model::Type& element) { return speaks_of(element, name); });
}

/// The type made of what the own type was made into.
model::Type remade(model::Type type, const ObjectName& name,
                   const std::vector<std::string>& values) {
  for (model::Type& element : type.element) element = remade(std::move(element), name, values);
  if (name_of_own_type(type) == name && type.kind == model::TypeKind::Enum) type.values = values;
  return type;
}

}  // namespace

void TypePlan::run(Plan& plan) {
  plan_enums(plan);
  plan_domains(plan);
  plan_sequences(plan);
}

// Enum types

void TypePlan::plan_enums(Plan& plan) {
  for (const auto& it : changes_.objects.enums) {
    if (it.is_added()) {
      plan.create_types.emplace_back(ops::CreateEnum{.type = *it.to});
    } else if (it.is_removed()) {
      plan.drop_types.emplace_back(ops::DropEnum{.name = it.from->name, .was = *it.from});
    } else if (it.is_changed()) {
      plan_values(it, plan);
    }
    // A type that is made anew is made with its comment.
    if (it.commented && renamed_types_.names().count(it.to->name) == 0) {
      plan.create_types.emplace_back(ops::SetComment{
          ops::CommentOn::Enum, it.to->name, {}, some(it.to->comment), some(it.from->comment)});
    }
  }
}

/// Renames of values are among the changes already: `from` has the new ones.
void TypePlan::plan_values(const ObjectDiff<model::EnumType>& diff, Plan& plan) {
  const EnumChange change = enum_change(diff.from->values, diff.to->values);
  if (change.rewrite) return rewrite(*diff.from, *diff.to, plan);
  const bool renamed = std::any_of(changes_.renames.begin(), changes_.renames.end(),
                                   [&](const ops::Operation& operation) {
                                     const auto* it = std::get_if<ops::RenameEnumValue>(&operation);
                                     return it != nullptr && it->name == diff.to->name;
                                   });
  Operations& section = renamed ? plan.rename : plan.add_enum_values;
  for (const EnumChange::Addition& it : change.additions) {
    section.emplace_back(ops::AddEnumValue{
        .name = diff.to->name, .value = it.value, .before = it.before, .after = it.after});
  }
}

// Types made anew: the old one steps aside, every column moves to the new one, the old one goes.

namespace {

ops::Operation creation_of(const model::EnumType& type) { return ops::CreateEnum{.type = type}; }
ops::Operation creation_of(const model::Domain& domain) {
  return ops::CreateDomain{.domain = domain};
}
ops::Operation drop_of(const model::EnumType& type) {
  return ops::DropEnum{.name = type.name, .was = type};
}
ops::Operation drop_of(const model::Domain& domain) {
  return ops::DropDomain{.name = domain.name, .was = domain};
}
const std::vector<std::string>& values_of(const model::EnumType& type) { return type.values; }
const std::vector<std::string>& values_of(const model::Domain&) {
  static const std::vector<std::string> kNone;
  return kNone;
}

}  // namespace

template <typename Type>
void TypePlan::rewrite(const Type& from, const Type& to, Plan& plan) {
  Type old = from;
  old.name.name =
      model::shortened_name(from.name.name + "_cupel_old", changes_.rules.max_name_length());
  plan.rewrite_types.emplace_back(ops::RenameType{from.name, old.name.name});
  plan.rewrite_types.push_back(creation_of(to));
  renamed_types_.add(from.name, old.name);
  rewrite_columns(from.name, old.name, values_of(to), plan);
  plan.drop_types.push_back(drop_of(old));
}

void TypePlan::rewrite_columns(const ObjectName& type, const ObjectName& old,
                               const std::vector<std::string>& values, Plan& plan) {
  const RenamedTypes renamed(std::map<ObjectName, ObjectName>{{type, old}});
  for (const Table& original : changes_.from.schema().tables) {
    if (original.partition_of) continue;  // its parent's columns are its own
    const bool uses = std::any_of(original.columns.begin(), original.columns.end(),
                                  [&](const Column& it) { return speaks_of(it.type, type); });
    if (!uses) continue;
    for (const Column& column : original.columns) {
      if (!speaks_of(column.type, type) || is_on_the_way_out(original, column)) continue;
      rewrite_column(original, column, renamed.as_it_is(column.type),
                     remade(column.type, type, values), plan);
    }
  }
}

/// Values need not be converted that are about to go, or to become something else.
bool TypePlan::is_on_the_way_out(const Table& table, const Column& column) const {
  const auto& removed = changes_.removed;
  if (std::find(removed.begin(), removed.end(), &table) != removed.end()) return true;
  for (const auto& diff : changes_.tables) {
    if (diff->from.original != &table) continue;
    return std::any_of(diff->columns.begin(), diff->columns.end(), [&](const ColumnDiff& it) {
      return it.from != nullptr && it.from->name == column.name &&
             (it.is_removed() || it.type || it.replaced);
    });
  }
  return false;
}

/// The default is in the way, too. If it changes as well, the new one is set at once.
void TypePlan::rewrite_column(const Table& table, const Column& column, const model::Type& before,
                              const model::Type& after, Plan& plan) {
  rewritten_.emplace(table.name, column.name);
  std::optional<model::Expression> new_default = column.server_default;
  for (const auto& diff : changes_.tables) {
    if (diff->from.original != &table) continue;
    for (ColumnDiff& it : diff->columns) {
      if (it.from == nullptr || it.from->name != column.name || !it.server_default) continue;
      new_default = diff->to.original->find_column(it.to->name)->server_default;
      it.server_default = false;
    }
    std::erase_if(diff->columns, [](const ColumnDiff& it) { return !it.differs(); });
  }
  const auto add = [&](ops::AlterColumn op) {
    op.table = table.name;
    op.column = column.name;
    plan.rewrite_types.emplace_back(std::move(op));
  };
  if (column.server_default) {
    add({.server_default = nullptr, .existing_server_default = *column.server_default});
  }
  add({.type = after,
       .using_expression = changes_.rules.using_expression(column.name, before, after),
       .existing_type = before,
       .existing_nullable = column.nullable,
       .existing_using_expression = changes_.rules.using_expression(column.name, after, before)});
  if (new_default) add({.server_default = *new_default, .existing_server_default = nullptr});
}

// Domains

void TypePlan::plan_domains(Plan& plan) {
  for (const auto& it : changes_.objects.domains) {
    if (it.is_added()) {
      plan.create_types.emplace_back(ops::CreateDomain{.domain = *it.to});
    } else if (it.is_removed()) {
      plan.drop_types.emplace_back(ops::DropDomain{.name = it.from->name, .was = *it.from});
    } else {
      rewrite(*it.from, *it.to, plan);
    }
  }
}

// Sequences

namespace {

/// The columns that go. What they own goes along, unless it is let go before.
std::set<ColumnPlace> columns_on_the_way_out(const Changes& changes) {
  std::set<ColumnPlace> places;
  for (const Table* table : changes.removed) {
    for (const Column& it : table->columns) places.emplace(table->name, it.name);
  }
  for (const auto& diff : changes.tables) {
    for (const ColumnDiff& it : diff->columns) {
      if (it.is_removed() || it.replaced) places.emplace(diff->to.table.name, it.from->name);
    }
  }
  return places;
}

bool is_owned_by_one_of(const model::Sequence& sequence, const std::set<ColumnPlace>& columns) {
  if (sequence.owned_by.empty()) return false;
  model::ColumnName owner = model::parse_column_name(sequence.owned_by);
  if (owner.table.schema.empty()) owner.table.schema = sequence.name.schema;
  return columns.count({owner.table, owner.column}) != 0;
}

}  // namespace

void TypePlan::plan_sequences(Plan& plan) {
  if (changes_.from_objects.sequences.empty() && changes_.to_objects.sequences.empty()) return;
  const std::set<ColumnPlace> going = columns_on_the_way_out(changes_);
  std::set<ObjectName> disowned;
  for (const model::Sequence& it : changes_.from_objects.sequences) {
    if (!is_owned_by_one_of(it, going)) continue;
    model::Sequence alone = it;
    alone.owned_by.clear();
    plan.disown_sequences.emplace_back(ops::AlterSequence{alone, it});
    disowned.insert(it.name);
  }
  const auto alone = [](model::Sequence sequence) {
    sequence.owned_by.clear();
    return sequence;
  };
  for (const auto& it : changes_.objects.sequences) {
    if (it.is_removed()) {
      const bool is_alone = disowned.count(it.from->name) != 0;
      plan.drop_types.emplace_back(
          ops::DropSequence{.name = it.from->name, .was = is_alone ? alone(*it.from) : *it.from});
      continue;
    }
    // Its owner may be new.
    if (it.is_added()) plan.create_types.emplace_back(ops::CreateSequence{alone(*it.to)});
    const bool was_alone = it.is_added() || disowned.count(it.from->name) != 0;
    const model::Sequence before = it.is_added() ? alone(*it.to)
                                   : was_alone   ? alone(*it.from)
                                                 : *it.from;
    if (before != *it.to) plan.change_sequences.emplace_back(ops::AlterSequence{*it.to, before});
  }
}

}  // namespace cupel::diff
