// SPDX-License-Identifier: MIT
// The form in which equal schemas are ==. See normalized() in table.hpp and schema.hpp.
#include <algorithm>
#include <tuple>

#include "cupel/base/text.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::model {
namespace {

/// `word` is SQL's default for this place.
void drop_default(std::string& text, std::string_view word) {
  text = text::to_upper(text::trim(text));
  if (text == word) text.clear();
}

void normalize(Deferral& deferral) {
  drop_default(deferral.initially, "IMMEDIATE");
  if (deferral.initially == "DEFERRED") deferral.deferrable = true;
  if (deferral.deferrable == false) deferral.deferrable.reset();
}

void trim(std::string& text) { text = std::string(text::trim(text)); }

struct ConstraintNormalizer {
  void operator()(PrimaryKey& key) const {
    normalize(key.deferral);
    drop_default(key.on_conflict, "ABORT");
  }
  void operator()(UniqueConstraint& unique) const {
    normalize(unique.deferral);
    drop_default(unique.on_conflict, "ABORT");
  }
  void operator()(ForeignKey& key) const {
    normalize(key.deferral);
    drop_default(key.on_delete, "NO ACTION");
    drop_default(key.on_update, "NO ACTION");
    drop_default(key.match, "SIMPLE");
  }
  void operator()(CheckConstraint& check) const {
    check.column.clear();
    trim(check.expression);
    drop_default(check.on_conflict, "ABORT");
  }
  void operator()(ExcludeConstraint& exclude) const {
    normalize(exclude.deferral);
    trim(exclude.where);
    if (exclude.using_method == "gist") exclude.using_method.clear();
  }
};

void normalize(Index& index) {
  trim(index.where);
  for (IndexElement& element : index.elements) trim(element.expression);
  if (index.using_method == "btree") index.using_method.clear();
  std::sort(index.with.begin(), index.with.end());
}

std::string check_text(const Constraint& constraint) {
  const auto* check = std::get_if<CheckConstraint>(&constraint);
  return check == nullptr ? "" : check->expression;
}
auto sort_key(const Constraint& constraint) {
  return std::tuple(constraint.index(), columns_of(constraint), check_text(constraint),
                    name_of(constraint));
}
auto sort_key(const Index& index) {
  std::vector<std::string> keys;
  for (const IndexElement& it : index.elements) keys.push_back(it.column + it.expression);
  return std::pair(std::move(keys), index.name);
}
template <typename T>
void sort_by_key(std::vector<T>& list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const T& a, const T& b) { return sort_key(a) < sort_key(b); });
}
template <typename T, typename Key>
void sort_by(std::vector<T>& list, Key key) {
  std::stable_sort(list.begin(), list.end(),
                   [&](const T& a, const T& b) { return key(a) < key(b); });
}
template <typename T>
void sort_by_name(std::vector<T>& list) {
  sort_by(
      list, [](const T& it) -> const auto& { return it.name; });
}

void make_implied_not_null(Table& table) {
  for (Column& column : table.columns) {
    if (column.identity) column.nullable = false;
    if (table.primary_key) {
      const std::vector<std::string>& key = table.primary_key->columns;
      if (std::find(key.begin(), key.end(), column.name) != key.end()) column.nullable = false;
    }
    if (column.computed) trim(column.computed->expression);
    drop_default(column.not_null_conflict, "ABORT");
    if (column.nullable) column.not_null_conflict.clear();
  }
}

void name_referred_columns(Schema& schema) {
  for (Table& table : schema.tables) {
    for (Constraint& constraint : table.constraints) {
      auto* foreign = std::get_if<ForeignKey>(&constraint);
      if (foreign == nullptr || !foreign->referred_columns.empty()) continue;
      const Table* referred = schema.find_table(foreign->referred_table);
      if (referred != nullptr && referred->primary_key) {
        foreign->referred_columns = referred->primary_key->columns;
      }
    }
  }
}

}  // namespace

Table normalized(Table table) {
  make_implied_not_null(table);
  if (table.primary_key) ConstraintNormalizer()(*table.primary_key);
  for (Constraint& it : table.constraints) std::visit(ConstraintNormalizer(), it);
  for (Index& it : table.indexes) normalize(it);
  sort_by_key(table.constraints);
  sort_by_key(table.indexes);
  std::sort(table.with.begin(), table.with.end());
  return table;
}

Schema normalized(Schema schema) {
  name_referred_columns(schema);
  for (Table& table : schema.tables) table = normalized(std::move(table));
  for (View& view : schema.views) {
    for (Index& index : view.indexes) normalize(index);
    sort_by_key(view.indexes);
    trim(view.definition);
    std::sort(view.with.begin(), view.with.end());
  }
  for (Sequence& sequence : schema.sequences) {
    if (text::equals_ignore_case(sequence.type, "bigint")) sequence.type.clear();
  }
  std::sort(schema.schemas.begin(), schema.schemas.end());
  sort_by_name(schema.extensions);
  sort_by_name(schema.enums);
  sort_by_name(schema.domains);
  sort_by_name(schema.sequences);
  sort_by_name(schema.tables);
  sort_by_name(schema.views);
  sort_by(schema.functions, [](const Function& it) { return std::tie(it.name, it.arguments); });
  sort_by(schema.triggers, [](const Trigger& it) { return std::tie(it.table, it.name); });
  return schema;
}

}  // namespace cupel::model
