// SPDX-License-Identifier: MIT
// What Alembic's batch keeps of a table. See survives_batch() in py_calls.hpp.
#include <algorithm>
#include <array>
#include <cctype>

#include "alembic/py_calls.hpp"

namespace cupel::alembic::py {
namespace {

/// Declared types that SQLAlchemy reads back as they are written; those with arguments apart.
constexpr auto kReadable = std::to_array<std::string_view>(
    {"BIGINT", "BLOB", "BOOLEAN", "CHAR", "DATE", "DATETIME", "FLOAT", "INTEGER", "JSON", "NUMERIC",
     "REAL", "SMALLINT", "TEXT", "TIME", "TIMESTAMP", "VARCHAR"});
constexpr auto kReadableWithArguments =
    std::to_array<std::string_view>({"CHAR", "NUMERIC", "VARCHAR"});

bool is_plain_name(std::string_view name) {
  const auto is_plain = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) != 0 || c == '_' ||
           std::isdigit(static_cast<unsigned char>(c)) != 0;
  };
  return std::all_of(name.begin(), name.end(), is_plain);
}

bool is_readable(const model::Column& column, const dialect::Dialect& dialect) {
  if (column.computed || column.identity || !column.not_null_conflict.empty()) return false;
  if (!column.type.collation.empty()) return false;
  const std::string declared = dialect.writer().type_text(column.type);
  const std::string word = declared.substr(0, declared.find('('));
  const auto holds = [&](const auto& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  return word == declared ? holds(kReadable) : holds(kReadableWithArguments);
}

struct Readable {
  bool operator()(const model::PrimaryKey& key) const {
    return key.on_conflict.empty() && is_plain_name(key.name);
  }
  bool operator()(const model::UniqueConstraint& unique) const {
    return unique.on_conflict.empty() && is_plain_name(unique.name);
  }
  /// The actions of one that is written at its column are not read; a named one never is.
  bool operator()(const model::ForeignKey& key) const {
    const bool acts = !key.on_delete.empty() || !key.on_update.empty() || !key.match.empty() ||
                      key.deferral != model::Deferral();
    return is_plain_name(key.name) && (!acts || !key.name.empty());
  }
  bool operator()(const auto&) const { return false; }
};

bool is_readable(const model::Index& index) {
  return index.where.empty() &&
         std::all_of(index.elements.begin(), index.elements.end(), [](const auto& element) {
           return element == model::IndexElement(element.column);
         });
}

}  // namespace

bool survives_batch(const model::Table& table, const model::Schema& around,
                    const dialect::Dialect& dialect) {
  if (table.autoincrement || table.without_rowid || table.strict || !table.options.empty())
    return false;
  if (!around.views.empty() || !around.triggers.empty()) return false;
  const auto column_is = [&](const auto& it) { return is_readable(it, dialect); };
  const auto key_is = [](const model::Constraint& it) { return std::visit(Readable(), it); };
  return std::all_of(table.columns.begin(), table.columns.end(), column_is) &&
         (!table.primary_key || Readable()(*table.primary_key)) &&
         std::all_of(table.constraints.begin(), table.constraints.end(), key_is) &&
         std::all_of(table.indexes.begin(), table.indexes.end(),
                     [](const model::Index& it) { return is_readable(it); });
}

}  // namespace cupel::alembic::py
