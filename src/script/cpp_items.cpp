// SPDX-License-Identifier: MIT
// See cpp_items.hpp.
#include "script/cpp_items.hpp"

#include <algorithm>

namespace cupel::script::cpp {
namespace {

using model::ColumnDefinition;
using model::Constraint;
using model::ConstraintName;
using model::TableItem;

/// True if a constraint or index written with `name` becomes `wanted`. The convention may refuse:
/// it can want a name where there is none.
template <typename T>
bool becomes(const model::ObjectName& table, const ConstraintName& name, const T& written,
             const T& wanted, const context::Namer& namer) {
  try {
    return namer.name(table, name, written) == wanted;
  } catch (const UsageError&) {
    return false;
  }
}

/// One table on its way back.
class Items {
 public:
  Items(const model::Table& table, const context::Namer& namer) : table_(&table), namer_(&namer) {
    for (const model::Column& column : table.columns) {
      ColumnDefinition definition(column.name, column.type);
      definition.column = column;
      columns_.push_back(std::move(definition));
    }
    if (table.primary_key && !take_key(*table.primary_key)) {
      for (const std::string& name : table.primary_key->columns) {
        if (ColumnDefinition* definition = column(name)) definition->nullable();  // the key says it
      }
      add(*table.primary_key);
    }
    for (const Constraint& constraint : table.constraints) {
      if (!take(constraint)) add(constraint);
    }
    for (const model::Index& index : table.indexes) {
      if (!take(index)) add(index);
    }
  }

  std::vector<TableItem> take() {
    std::vector<TableItem> result(std::make_move_iterator(columns_.begin()),
                                  std::make_move_iterator(columns_.end()));
    std::move(others_.begin(), others_.end(), std::back_inserter(result));
    return result;
  }

 private:
  ColumnDefinition* column(const std::string& name) {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [&](const auto& it) { return it.column.name == name; });
    return found == columns_.end() ? nullptr : &*found;
  }
  /// True if it need not be said how it is called.
  bool names_itself(const Constraint& constraint) const {
    return becomes(table_->name, {}, constraint, constraint, *namer_);
  }

  bool take_key(const model::PrimaryKey& key) {
    std::vector<std::string> in_order;
    for (const model::Column& it : table_->columns) {
      if (std::find(key.columns.begin(), key.columns.end(), it.name) != key.columns.end())
        in_order.push_back(it.name);
    }
    model::PrimaryKey plain;
    plain.columns = key.columns;
    plain.name = key.name;
    if (in_order != key.columns || plain != key || !names_itself(key)) return false;
    for (const std::string& name : in_order) column(name)->is_primary_key = true;
    return true;
  }

  bool take(const Constraint& constraint) {
    if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint))
      return take(*unique);
    if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) return take(*key);
    if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) return take(*check);
    return false;
  }
  bool take(const model::UniqueConstraint& unique) {
    if (unique.columns.size() != 1) return false;
    ColumnDefinition* definition = column(unique.columns[0]);
    model::UniqueConstraint plain;
    plain.columns = unique.columns;
    plain.name = unique.name;
    if (definition == nullptr || definition->is_unique || plain != unique || !names_itself(unique))
      return false;
    definition->is_unique = true;
    return true;
  }
  bool take(const model::ForeignKey& key) {
    if (key.columns.size() != 1 || key.referred_columns.size() != 1) return false;
    ColumnDefinition* definition = column(key.columns[0]);
    if (definition == nullptr || key.not_valid || !key.comment.empty() ||
        key.referred_table.name.empty() || key.referred_columns[0].empty())
      return false;
    definition->foreign_keys.push_back({key.referred_table,
                                        key.referred_columns[0],
                                        {.name = written_name(table_->name, key.name, key, *namer_),
                                         .on_delete = key.on_delete,
                                         .on_update = key.on_update,
                                         .match = key.match,
                                         .deferral = key.deferral}});
    return true;
  }
  bool take(const model::CheckConstraint& check) {
    ColumnDefinition* definition = column(check.column);
    const model::CheckConstraint plain{
        .expression = check.expression, .name = check.name, .column = check.column};
    if (definition == nullptr || plain != check) return false;
    definition->checks.push_back(
        {check.expression, written_name(table_->name, check.name, check, *namer_)});
    return true;
  }
  bool take(const model::Index& index) {
    if (index.elements.size() != 1) return false;
    ColumnDefinition* definition = column(index.elements[0].column);
    if (definition == nullptr || definition->has_index || definition->is_unique) return false;
    model::Index plain;
    plain.elements = {definition->column.name};
    plain.unique = index.unique;
    if (!becomes(table_->name, {}, plain, index, *namer_)) return false;
    definition->has_index = true;
    definition->is_unique = index.unique;
    return true;
  }

  /// As an item of its own. What has a name that the convention changes gets it from outside.
  void add(const Constraint& constraint) {
    const std::string& name = model::name_of(constraint);
    const ConstraintName written = written_name(table_->name, name, constraint, *namer_);
    if (written.final) {
      Constraint unnamed = constraint;
      model::set_name(unnamed, {});
      others_.emplace_back(named(written, std::move(unnamed)));
      return;
    }
    std::visit([&](const auto& it) { others_.emplace_back(it); }, constraint);
  }
  void add(const model::Index& index) {
    const ConstraintName written = written_name(table_->name, index, *namer_);
    if (!written.final) {
      others_.emplace_back(index);
      return;
    }
    model::Index unnamed = index;
    unnamed.name.clear();
    others_.emplace_back(named(written, std::move(unnamed)));
  }

  const model::Table* table_;
  const context::Namer* namer_;
  std::vector<ColumnDefinition> columns_;
  std::vector<TableItem> others_;
};

template <typename T>
void sort_by_text(std::vector<T>& list) {
  std::vector<std::pair<std::string, T>> pairs;
  for (T& it : list) {
    std::string text = to_string(it);
    pairs.emplace_back(std::move(text), std::move(it));
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  list.clear();
  for (auto& [text, it] : pairs) list.push_back(std::move(it));
}

}  // namespace

ConstraintName written_name(const model::ObjectName& table, const std::string& name,
                            const Constraint& constraint, const context::Namer& namer) {
  if (name.empty()) return {};
  ConstraintName plain(name);
  Constraint wanted = constraint;
  model::set_name(wanted, name);
  return becomes(table, plain, wanted, wanted, namer) ? plain : model::f(name);
}
ConstraintName written_name(const model::ObjectName& table, const model::Index& index,
                            const context::Namer& namer) {
  if (index.name.empty()) return {};
  ConstraintName plain(index.name);
  return becomes(table, plain, index, index, namer) ? plain : model::f(index.name);
}

std::vector<TableItem> items_of(const model::Table& table, const context::Namer& namer) {
  return Items(table, namer).take();
}

bool same_table(model::Table a, model::Table b) {
  for (model::Table* table : {&a, &b}) {
    sort_by_text(table->constraints);
    sort_by_text(table->indexes);
  }
  return a == b;
}

}  // namespace cupel::script::cpp
