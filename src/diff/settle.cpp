// SPDX-License-Identifier: MIT
// See settle.hpp.
#include "diff/settle.hpp"

#include <algorithm>
#include <utility>

#include "diff/own_types.hpp"
#include "diff/texts.hpp"

namespace cupel::diff {

using model::key_of;
using model::ObjectKey;
using model::Table;

namespace {

/// What is asked about gets names of its own: the server would make some for those without, and cut
/// others.
template <typename Visit>
void for_each_text_part(std::vector<model::Constraint>& constraints,
                        std::vector<model::Index>& indexes, const Visit& visit) {
  for (model::Constraint& it : constraints) {
    if (auto* check = std::get_if<model::CheckConstraint>(&it)) visit(*check);
    if (auto* exclude = std::get_if<model::ExcludeConstraint>(&it)) visit(*exclude);
  }
  for (model::Index& it : indexes) visit(it);
}

std::string made_name(int number) { return "cupel_text_" + std::to_string(number); }

/// Only what bears texts, and what these need.
Table reduced(Table table, int& number) {
  std::erase_if(table.constraints, [](const model::Constraint& it) {
    return !std::holds_alternative<model::CheckConstraint>(it) &&
           !std::holds_alternative<model::ExcludeConstraint>(it);
  });
  if (table.primary_key) table.primary_key->name.clear();
  table.comment.clear();
  table.tablespace.clear();
  for_each_text_part(table.constraints, table.indexes, [&](auto& part) {
    part.name = made_name(++number);
    part.comment.clear();
  });
  for (model::Index& it : table.indexes) it.tablespace.clear();
  return table;
}

void copy_text(const model::CheckConstraint& from, model::CheckConstraint& to) {
  to.expression = from.expression;
}
void copy_text(const model::ExcludeConstraint& from, model::ExcludeConstraint& to) {
  to.elements = from.elements;
  to.where = from.where;
}
void copy_text(const model::Index& from, model::Index& to) {
  to.elements = from.elements;
  to.where = from.where;
}

const model::CheckConstraint* find_like(const Table& table, const std::string& name,
                                        const model::CheckConstraint*) {
  for (const model::Constraint& it : table.constraints) {
    const auto* check = std::get_if<model::CheckConstraint>(&it);
    if (check != nullptr && check->name == name) return check;
  }
  return nullptr;
}
const model::ExcludeConstraint* find_like(const Table& table, const std::string& name,
                                          const model::ExcludeConstraint*) {
  for (const model::Constraint& it : table.constraints) {
    const auto* exclude = std::get_if<model::ExcludeConstraint>(&it);
    if (exclude != nullptr && exclude->name == name) return exclude;
  }
  return nullptr;
}
const model::Index* find_like(const Table& table, const std::string& name, const model::Index*) {
  return table.find_index(name);
}

void take_over_table(const Table& answer, int number, Table& table) {
  for (model::Column& column : table.columns) {
    const model::Column* same = answer.find_column(column.name);
    if (same == nullptr) continue;
    if (column.server_default) column.server_default = same->server_default;
    if (column.computed && same->computed) column.computed = same->computed;
  }
  for_each_text_part(table.constraints, table.indexes, [&](auto& part) {
    const auto* same = find_like(answer, made_name(++number), &part);
    if (same != nullptr) copy_text(*same, part);
  });
  if (table.partition_of && answer.partition_of) {
    table.partition_of->bound = answer.partition_of->bound;
  }
  if (!table.partition_by.empty()) table.partition_by = answer.partition_by;
}

}  // namespace

Settlement::Settlement(const Side& side, model::Schema& objects, const DiffRules& rules)
    : side_(side), objects_(objects), rules_(rules) {}

void Settlement::ask(StoredTable& table) { tables_asked_.push_back(&table); }

void Settlement::add_needs(const ObjectDiffs& diffs) {
  part_.schemas = diffs.added_schemas;
  const auto add = [](const auto& list, auto& out) {
    for (const auto& it : list) {
      if (!it.is_removed() && (it.is_added() || it.is_changed())) out.push_back(*it.to);
    }
  };
  add(diffs.extensions, part_.extensions);
  add(diffs.enums, part_.enums);
  add(diffs.domains, part_.domains);
  add(diffs.sequences, part_.sequences);
  for (model::Sequence& it : part_.sequences) it.owned_by.clear();
}

void Settlement::add_all_needs() {
  part_.schemas = objects_.schemas;
  part_.extensions = objects_.extensions;
  part_.enums = objects_.enums;
  part_.domains = objects_.domains;
  part_.sequences = objects_.sequences;
  for (model::Sequence& it : part_.sequences) it.owned_by.clear();
}

void Settlement::run(Normalizer& normalizer) {
  std::size_t id = 0;
  for (const Table* it : side_.tables()) {
    names_.add(it->name.name, NameIndex::Spoken::ByName, id++);
  }
  for (const model::View& it : objects_.views) {
    names_.add(it.name.name, NameIndex::Spoken::ByName, id++);
  }
  for (const model::Function& it : objects_.functions) {
    names_.add(it.name.name, NameIndex::Spoken::ByCall, id++);
  }
  for (const StoredTable* it : tables_asked_) add_table(it->table);
  add_asked_objects();
  take_over(normalizer.as_server_writes(part_));
}

void Settlement::add_asked_objects() {
  const auto is_asked = [&](const auto& it) { return objects_asked_.count(key_of(it)) != 0; };
  for (const model::Domain& it : objects_.domains) {
    const auto same = [&](const model::Domain& other) { return other.name == it.name; };
    if (is_asked(it) && std::none_of(part_.domains.begin(), part_.domains.end(), same)) {
      part_.domains.push_back(it);
    }
  }
  for (const model::View& it : objects_.views) {
    if (is_asked(it)) add_view(it);
  }
  for (const model::Function& it : objects_.functions) {
    if (is_asked(it)) add_function(it);
  }
  for (const model::Trigger& it : objects_.triggers) {
    if (!is_asked(it)) continue;
    part_.triggers.push_back(it);
    add_what_is_mentioned(ops::Mentions(it.definition, true));
  }
}

void Settlement::add_table(const Table& stored) {
  if (!in_part_.insert(key_of(stored)).second) return;
  first_number_[stored.name] = numbers_;
  part_.tables.push_back(declared(reduced(stored, numbers_), rules_));
  const auto add_parent = [&](const model::ObjectName& parent) {
    const Table* found = side_.find(parent);
    if (found != nullptr) add_table(side_.stored(*found).table);
  };
  for (const model::ObjectName& it : stored.inherits) add_parent(it);
  if (stored.partition_of) add_parent(stored.partition_of->parent);
  std::string texts;
  for_each_text(stored, [&](const std::string& text) {
    if (text.find('(') != std::string::npos) texts += text + "\n;";
  });
  add_what_is_mentioned(ops::Mentions(texts));
}

void Settlement::add_view(const model::View& view) {
  if (!in_part_.insert(key_of(view)).second) return;
  part_.views.push_back(view);
  add_what_is_mentioned(ops::Mentions(view.definition));
}

void Settlement::add_function(const model::Function& function) {
  if (!in_part_.insert(key_of(function)).second) return;
  part_.functions.push_back(function);
  add_what_is_mentioned(ops::Mentions(function.definition, true));
}

void Settlement::add_what_is_mentioned(const ops::Mentions& mentions) {
  const std::size_t tables = side_.tables().size();
  const std::size_t views = objects_.views.size();
  for (const std::size_t id : names_.mentioned(mentions)) {
    if (id < tables) {
      add_table(side_.stored(*side_.tables()[id]).table);
    } else if (id < tables + views) {
      add_view(objects_.views[id - tables]);
    } else {
      add_function(objects_.functions[id - tables - views]);
    }
  }
}

void Settlement::take_over(const model::Schema& answer) {
  std::map<ObjectKey, const Table*> tables;
  for (const Table& it : answer.tables) tables.emplace(key_of(it), &it);
  for (StoredTable* table : tables_asked_) {
    const auto found = tables.find(key_of(table->table));
    if (found == tables.end()) continue;
    const Table stored = model::normalized(rules_.stored_table(*found->second, answer));
    take_over_table(stored, first_number_[table->table.name], table->table);
  }
  const model::Schema stored = model::normalized(rules_.stored_objects(answer));
  const auto each = [&]<typename T>(const std::vector<T>& answers, std::vector<T>& objects,
                                    const auto& copy) {
    std::map<ObjectKey, const T*> by_key;
    for (const T& it : answers) by_key.emplace(key_of(it), &it);
    for (T& object : objects) {
      const ObjectKey key = key_of(object);
      const auto found = by_key.find(key);
      if (found != by_key.end() && objects_asked_.count(key) != 0) copy(*found->second, object);
    }
  };
  const auto copy_definition = [](const auto& from, auto& to) { to.definition = from.definition; };
  each(stored.domains, objects_.domains, copy_definition);
  each(stored.functions, objects_.functions, copy_definition);
  each(stored.triggers, objects_.triggers, copy_definition);
  each(stored.views, objects_.views, [](const model::View& from, model::View& to) {
    to.definition = from.definition;
    to.columns = from.columns;
    for (model::Index& index : to.indexes) {
      const auto same = std::find_if(from.indexes.begin(), from.indexes.end(),
                                     [&](const model::Index& it) { return it.name == index.name; });
      if (same != from.indexes.end()) copy_text(*same, index);
    }
  });
}

}  // namespace cupel::diff
