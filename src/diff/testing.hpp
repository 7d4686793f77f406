// SPDX-License-Identifier: MIT
// For tests: the laws that every difference must keep, and short words for schemas.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/model/define.hpp"
#include "cupel/ops/services.hpp"
#include "diff/constraint_names.hpp"

namespace cupel::diff::testing {

using model::ColumnDefinition;
using model::Schema;

inline Schema schema_of(std::vector<model::Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}

/// A table with a column `id` that is its primary key.
inline model::Table table(const model::ObjectName& name,
                          const std::vector<model::TableItem>& more = {}) {
  std::vector<model::TableItem> items = {ColumnDefinition("id", model::Integer()).primary_key()};
  items.insert(items.end(), more.begin(), more.end());
  return model::make_table(name, items);
}

/// Columns in one order, every constraint named, every column saying whether it numbers rows, and
/// no word on who makes an enum type: so that two schemas can be compared whatever way led to them.
inline std::string text_of(Schema schema, const DiffRules& rules) {
  schema = rules.stored(schema);
  const auto forget = [](auto&& self, model::Type& type) -> void {
    type.create_type = false;
    for (model::Type& element : type.element) self(self, element);
  };
  for (model::Table& it : schema.tables) {
    std::sort(it.columns.begin(), it.columns.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    for (model::Column& column : it.columns) {
      forget(forget, column.type);
      const bool numbered = rules.numbers_rows(it, column);
      column.autoincrement = numbered ? model::Autoincrement::Yes : model::Autoincrement::No;
    }
    if (it.primary_key)
      it.primary_key = std::get<model::PrimaryKey>(named(*it.primary_key, it, {}, rules));
    for (model::Constraint& constraint : it.constraints)
      constraint = named(constraint, it, {}, rules);
  }
  return model::to_string(schema);
}

inline Schema applied(const std::vector<ops::Operation>& operations, Schema schema) {
  for (const ops::Operation& it : operations) {
    try {
      ops::apply(it, schema);
    } catch (const Error& error) {
      ADD_FAILURE() << ops::describe(it) << ": " << error.to_string() << "\nof\n"
                    << ops::describe(operations);
    }
  }
  return schema;
}

/// The operations lead from one to the other, and back; afterwards nothing differs.
inline Difference lawful(const Schema& from, const Schema& to, const DiffRules& rules,
                         const Options& options = {}) {
  Difference difference = compare(from, to, rules, options);
  SCOPED_TRACE(ops::describe(difference.operations));
  const Schema after = applied(difference.operations, from);
  Options decided = options;
  decided.renames.clear();
  const Difference again = compare(after, to, rules, decided);
  for (const Finding& it : again.findings) ADD_FAILURE() << "still: " << it.message;
  EXPECT_EQ(ops::describe(again.operations), "");
  const Schema back = applied(difference.undo, after);
  EXPECT_EQ(text_of(back, rules), text_of(from, rules)) << ops::describe(difference.undo);
  EXPECT_EQ(difference.operations.empty(), difference.findings.empty());
  return difference;
}
inline Difference lawful(const Schema& from, const Schema& to, const Options& options = {}) {
  return lawful(from, to, DiffRules(), options);
}

/// The operations that lead from one to the other, a line each.
inline std::string steps(const Schema& from, const Schema& to, const Options& options = {}) {
  return ops::describe(lawful(from, to, options).operations);
}

inline std::string messages(const Difference& difference) {
  std::string text;
  for (const Finding& it : difference.findings) {
    text += (text.empty() ? "" : "\n") + it.message + (it.destructive ? " !" : "");
  }
  return text;
}

inline std::string questions(const Difference& difference) {
  std::string text;
  for (const RenameQuestion& it : difference.questions) {
    text += (text.empty() ? "" : "\n") + to_string(it.rename) + "? " + it.why;
  }
  return text;
}

/// A database that rebuilds tables, has no own types and no comments.
class RebuildingRules : public DiffRules {
 public:
  bool has_comments() const override { return false; }
  bool has_schemas() const override { return false; }
  bool has_own_enums() const override { return false; }
  bool groups_table_changes() const override { return true; }
  bool foreign_keys_need_tables() const override { return false; }
  bool dependents_block_changes() const override { return false; }
  bool can_alter_computed(const std::optional<model::Computed>&,
                          const std::optional<model::Computed>&) const override {
    return true;
  }
};

/// A database that can replace views and functions in place.
class ReplacingRules : public DiffRules {
 public:
  bool can_replace(const model::View& from, const model::View& to) const override {
    return !from.materialized && !to.materialized;
  }
  bool can_replace(const model::Function&, const model::Function& to) const override {
    return to.definition.find("OR REPLACE") != std::string::npos;
  }
};

}  // namespace cupel::diff::testing
