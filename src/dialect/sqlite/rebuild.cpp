// SPDX-License-Identifier: MIT
// The statements of a rebuild. See rebuild.hpp.
#include "dialect/sqlite/rebuild.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/types.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Column;
using model::ObjectName;
using model::Table;

bool has_column(const Table& table, std::string_view name) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return text::equals_ignore_case(column.name, name);
  });
}

/// The word for the rowid that no column of either table takes away; none if all are taken.
std::optional<std::string> rowid_word(const Table& before, const Table& after) {
  static constexpr std::array<std::string_view, 3> kWords{"rowid", "_rowid_", "oid"};
  for (const std::string_view word : kWords)
    if (!has_column(before, word) && !has_column(after, word)) return std::string(word);
  return std::nullopt;
}

bool is_blob(const Column& column) {
  const std::string declared = declared_type(column.type);
  return !declared.empty() && affinity(declared) == Affinity::Blob;
}

/// `t.a` as `a` in an expression that can only speak of its own table, which is called otherwise
/// for a while.
std::string unqualified(const std::string& expression, const std::string& table) {
  DefinitionCursor cursor(expression);
  std::string result;
  std::size_t from = 0;
  while (!cursor.at_end()) {
    const bool qualified =
        cursor.is_name() && !cursor.is_string() && cursor.is_symbol('.', 1) && cursor.is_name(2);
    if (!qualified) {
      cursor.skip();
      continue;
    }
    const std::size_t start = cursor.offset();
    if (text::equals_ignore_case(cursor.take_name(), table)) {
      cursor.skip();
      result += expression.substr(from, start - from);
      from = cursor.offset();
    }
    cursor.skip();
  }
  return result + expression.substr(from);
}

class RebuildWriter {
 public:
  explicit RebuildWriter(const Rebuild& rebuild)
      : rebuild_(rebuild),
        name_(rebuild.after.name),
        temporary_name_(name_.schema, "_cupel_new_" + name_.name) {}

  std::vector<sql::Statement> write() {
    create();
    copy();
    keep_counter();
    add("DROP TABLE " + writer_.quote(name_));
    rename();
    for (const model::Index& index : rebuild_.after.indexes)
      add(writer_.create_index_text(name_, {.index = index}));
    for (const model::Trigger& trigger : rebuild_.triggers) add(trigger.definition);
    check();
    return std::move(statements_);
  }

 private:
  void add(std::string sql) { statements_.push_back({std::move(sql)}); }

  void create() {
    ops::CreateTable create{rebuild_.after};
    create.table.name = temporary_name_;
    create.table.temporary = false;
    for (model::Constraint& constraint : create.table.constraints)
      if (auto* check = std::get_if<model::CheckConstraint>(&constraint))
        check->expression = unqualified(check->expression, name_.name);
    add(writer_.create_table_text(create));
  }

  /// Indexes do not exist yet and nothing sorts: the rows stream over in rowid order.
  void copy() {
    const std::string from = " FROM " + writer_.quote(name_);
    std::string into = conflict_clause() + "INTO " + writer_.quote(temporary_name_);
    if (is_same_row()) return add("INSERT " + into + " SELECT *" + from);
    std::vector<std::string> targets;
    std::vector<std::string> values;
    const std::optional<std::string> rowid = copied_rowid();
    if (rowid) {
      targets.push_back(*rowid);
      values.push_back(*rowid);
    }
    for (const Column& column : rebuild_.after.columns) {
      const Column* source = source_of(column);
      if (source == nullptr) continue;
      targets.push_back(writer_.quote(std::string_view(column.name)));
      values.push_back(value_of(*source, column));
    }
    if (targets.empty()) return;
    add("INSERT " + into + " (" + text::join(targets, ", ") + ") SELECT " +
        text::join(values, ", ") + from);
  }

  /// A row must never be left out or replaced because a constraint says ON CONFLICT IGNORE.
  std::string conflict_clause() const {
    const Table& table = rebuild_.after;
    bool found = table.primary_key && !table.primary_key->on_conflict.empty();
    for (const Column& column : table.columns) found |= !column.not_null_conflict.empty();
    for (const model::Constraint& constraint : table.constraints)
      if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint))
        found |= !unique->on_conflict.empty();
    return found ? "OR ABORT " : "";
  }

  /// The old column that fills a new one; null if nothing does.
  const Column* source_of(const Column& column) const {
    if (column.computed || rebuild_.added.count(column.name) != 0) return nullptr;
    return rebuild_.before.find_column(column.name);
  }

  std::string value_of(const Column& source, const Column& column) const {
    std::string value = writer_.quote(std::string_view(column.name));
    const auto conversion = rebuild_.conversions.find(column.name);
    if (conversion != rebuild_.conversions.end()) {
      value = conversion->second;
    } else if (is_blob(source) != is_blob(column)) {
      // Everything else the column's affinity converts by itself, and only where nothing is lost.
      const std::string declared = declared_type(column.type);
      if (!declared.empty()) value = "CAST(" + value + " AS " + declared + ")";
    }
    const bool must_fill = source.nullable && !column.nullable && column.server_default;
    if (must_fill)
      value = "COALESCE(" + value + ", " + writer_.default_text(*column.server_default) + ")";
    return value;
  }

  /// Both tables hold the same columns, so that SQLite may copy whole records. Not where it would
  /// number the rows anew.
  bool is_same_row() const {
    const Table& before = rebuild_.before;
    const Table& after = rebuild_.after;
    if (before.columns.size() != after.columns.size()) return false;
    for (std::size_t i = 0; i < after.columns.size(); ++i) {
      const Column* source = source_of(after.columns[i]);
      if (source != &before.columns[i] || source->computed) return false;
      if (value_of(*source, after.columns[i]) != writer_.quote(std::string_view(source->name)))
        return false;
    }
    return !copied_rowid();
  }

  /// The rowid goes along unless it is a column that does.
  std::optional<std::string> copied_rowid() const {
    if (rebuild_.before.without_rowid || rebuild_.after.without_rowid) return std::nullopt;
    const Column* column = rowid_column(rebuild_.after);
    if (column != nullptr && source_of(*column) != nullptr) return std::nullopt;
    return rowid_word(rebuild_.before, rebuild_.after);
  }

  /// AUTOINCREMENT never gives a number twice, not even that of a row deleted long ago.
  void keep_counter() {
    if (!rebuild_.before.autoincrement || !rebuild_.after.autoincrement) return;
    const std::string counters = writer_.quote(ObjectName(name_.schema, "sqlite_sequence"));
    const std::string new_name = writer_.literal_text(Value(temporary_name_.name));
    add("DELETE FROM " + counters + " WHERE name = " + new_name);
    add("INSERT INTO " + counters + " (name, seq) SELECT " + new_name + ", seq FROM " + counters +
        " WHERE name = " + writer_.literal_text(Value(name_.name)));
  }

  /// quirk(sqlite>=3.25): RENAME reads the whole schema again and fails on any view or trigger
  /// that mentions the dropped table; the old way leaves everything alone.
  /// https://www.sqlite.org/pragma.html#pragma_legacy_alter_table Test: RebuildKeeps.Views
  void rename() {
    add("PRAGMA legacy_alter_table = ON");
    add(writer_.alter_table(temporary_name_) + "RENAME TO " +
        writer_.quote(std::string_view(name_.name)));
    add("PRAGMA legacy_alter_table = OFF");
  }

  /// Renaming a column to itself changes nothing, but makes SQLite read every view and trigger.
  void check() {
    if (!rebuild_.check_schema || rebuild_.after.columns.empty()) return;
    const std::string& column = rebuild_.after.columns.front().name;
    add(writer_.rename_column_text(name_, column, column));
  }

  const Rebuild& rebuild_;
  const FaithfulWriter writer_;
  ObjectName name_;
  ObjectName temporary_name_;
  std::vector<sql::Statement> statements_;
};

}  // namespace

std::vector<sql::Statement> rebuild_statements(const Rebuild& rebuild) {
  return RebuildWriter(rebuild).write();
}

}  // namespace cupel::dialect::sqlite
