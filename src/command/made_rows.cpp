// SPDX-License-Identifier: MIT
// See made_rows.hpp. Values are different in each row, and small; what the database numbers by
// itself is left to it, so that rows which revisions insert do not collide with ours.
#include "command/made_rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

using model::Column;
using model::ForeignKey;
using model::ObjectName;
using model::Table;
using model::Type;
using model::TypeKind;

/// Above the keys that people write into revisions.
constexpr std::size_t kFirstNumber = 900;

std::string word(const Column& column, const Type& type, std::size_t row) {
  std::string text = fmt::format("{} {}", column.name, row);
  const auto most = static_cast<std::size_t>(type.length.value_or(static_cast<int>(text.size())));
  return text.size() <= most ? text : std::to_string(row).substr(0, most);
}

/// A text that a type which we know by its name alone takes, or nothing.
std::optional<std::string> named(const std::string& type, std::size_t row) {
  const std::string name = text::to_lower(type);
  if (name.starts_with("json")) return fmt::format("{{\"row\": {}}}", row);
  if (name == "inet" || name == "cidr") return fmt::format("10.0.0.{}", row % 256);
  if (name == "macaddr") return fmt::format("00:00:00:00:00:{:02x}", row % 256);
  if (name == "tsvector" || name == "citext" || name == "xml" || name == "ltree")
    return fmt::format("row{}", row);
  const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  if (has("char") || has("text") || has("clob")) return fmt::format("row{}", row);
  if (name == "money" || has("real") || has("floa") || has("doub") || has("dec"))
    return fmt::format("{}.5", row);
  if (has("int") && !has("interval") && !has("point")) return std::to_string(kFirstNumber + row);
  return std::nullopt;
}

/// As a literal's text; nullopt: nothing is known that it takes.
std::optional<std::string> text_for(const Column& column, const Type& type, std::size_t row) {
  const std::size_t day = row % 28 + 1;
  switch (type.kind) {
    case TypeKind::Boolean:
      return row % 2 == 0 ? "true" : "false";
    case TypeKind::Date:
      return fmt::format("2026-01-{:02}", day);
    case TypeKind::Time:
      return fmt::format("10:00:{:02}", row % 60);
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      return fmt::format("2026-01-{:02} 10:00:{:02}", day, row % 60);
    case TypeKind::Interval:
      return fmt::format("{} days", row);
    case TypeKind::Json:
      return fmt::format("{{\"row\": {}}}", row);
    case TypeKind::Uuid:
      return fmt::format("00000000-0000-4000-8000-{:012}", row);
    case TypeKind::Enum:
      return type.values.empty() ? std::optional<std::string>()
                                 : type.values[row % type.values.size()];
    case TypeKind::Array:
      return "{}";
    case TypeKind::Named:
      return named(type.name, row);
    default:
      return word(column, type, row);
  }
}

const ForeignKey* key_of(const Table& table, const std::string& column) {
  for (const model::Constraint& constraint : table.constraints) {
    const auto* key = std::get_if<ForeignKey>(&constraint);
    if (key != nullptr &&
        std::find(key->columns.begin(), key->columns.end(), column) != key->columns.end())
      return key;
  }
  return nullptr;
}

bool is_made_by_database(const Table& table, const Column& column) {
  return column.computed || column.identity || table.is_autoincrement(column) ||
         (column.server_default && column.server_default->text.starts_with("nextval("));
}

bool is_in_key(const Table& table, const std::string& column) {
  const auto has = [&](const std::vector<std::string>& columns) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  if (table.primary_key && has(table.primary_key->columns)) return true;
  for (const model::Constraint& constraint : table.constraints)
    if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint);
        unique != nullptr && has(unique->columns))
      return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(),
                     [](const model::Index& index) { return index.unique; });
}

/// Parents first, as far as there is such an order.
std::vector<const Table*> in_order(const model::Schema& schema) {
  std::vector<const Table*> order;
  std::set<ObjectName> placed;
  std::set<ObjectName> all;
  for (const Table& table : schema.tables) all.insert(table.name);
  const auto is_ready = [&](const Table& table) {
    return std::all_of(
        table.constraints.begin(), table.constraints.end(), [&](const model::Constraint& it) {
          const auto* key = std::get_if<ForeignKey>(&it);
          return key == nullptr || key->referred_table == table.name ||
                 placed.contains(key->referred_table) || !all.contains(key->referred_table);
        });
  };
  for (bool in_circles = false; order.size() < schema.tables.size();) {
    const std::size_t before = order.size();
    for (const Table& table : schema.tables) {
      if (placed.contains(table.name) || !(in_circles || is_ready(table))) continue;
      placed.insert(table.name);
      order.push_back(&table);
    }
    in_circles = order.size() == before;
  }
  return order;
}

}  // namespace

std::string MadeRows::value(const Table& table, const Column& column, std::size_t row) const {
  const sql::DdlWriter& writer = dialect_->writer();
  if (const ForeignKey* key = key_of(table, column.name)) {
    const auto place = static_cast<std::size_t>(
        std::find(key->columns.begin(), key->columns.end(), column.name) - key->columns.begin());
    std::vector<std::string> names = key->referred_columns;
    const Table* parent = schema_->find_table(key->referred_table);
    if (names.empty() && parent != nullptr && parent->primary_key)
      names = parent->primary_key->columns;
    if (names.size() <= place) return "NULL";
    std::vector<std::string> referred;
    for (const std::string& name : names) referred.push_back(quote(name));
    return fmt::format("(SELECT {} FROM {} ORDER BY {} LIMIT 1 OFFSET {})", referred[place],
                       writer.quote(key->referred_table), text::join(referred, ", "), row - 1);
  }
  const Type& type = column.type.on(std::string(dialect_->name()));
  if (model::is_integer(type) || type.kind == TypeKind::Untyped)
    return std::to_string(kFirstNumber + row);
  if (type.kind == TypeKind::Numeric || type.kind == TypeKind::Float ||
      type.kind == TypeKind::Double) {
    if (type.precision && type.precision == type.scale) return fmt::format("0.{}", row % 10);
    return type.scale == 0 ? std::to_string(row % 10) : fmt::format("{}.5", row % 10);
  }
  if (type.kind == TypeKind::Binary || type.kind == TypeKind::LargeBinary)
    return writer.literal_text(Blob(2, static_cast<std::byte>(row)));
  if (type.kind == TypeKind::Boolean) return writer.literal_text(row % 2 == 0);
  const std::optional<std::string> text = text_for(column, type, row);
  if (text) return writer.literal_text(*text);
  return column.nullable ? "NULL" : std::to_string(row);  // a guess is better than nothing
}

bool MadeRows::attempt(driver::Connection& connection, const std::string& sql,
                       std::string& refusal) {
  connection.query("SAVEPOINT cupel_rows");
  try {
    connection.query(sql);
    connection.query("RELEASE SAVEPOINT cupel_rows");
    return true;
  } catch (const DatabaseError& error) {
    if (error.connection_lost()) throw;
    refusal = error.message();
    connection.query("ROLLBACK TO SAVEPOINT cupel_rows");
    connection.query("RELEASE SAVEPOINT cupel_rows");
    return false;
  }
}

void MadeRows::insert(driver::Connection& connection, const Table& table, std::size_t row,
                      bool only_needed) {
  std::string columns;
  std::string values;
  for (const Column& column : table.columns) {
    const bool is_needed = !column.nullable && !column.server_default;
    if (is_made_by_database(table, column) || (only_needed && !is_needed)) continue;
    const std::string_view comma = columns.empty() ? "" : ", ";
    columns += fmt::format("{}{}", comma, quote(column.name));
    values += fmt::format("{}{}", comma, value(table, column, row));
  }
  const std::string what =
      columns.empty() ? "DEFAULT VALUES" : "(" + columns + ") VALUES (" + values + ")";
  std::string refusal;
  const std::string sql = "INSERT INTO " + dialect_->writer().quote(table.name) + " " + what;
  if (attempt(connection, sql, refusal)) return;
  if (!only_needed) return insert(connection, table, row, /*only_needed=*/true);
  refused_.emplace(table.name, refusal);
}

void MadeRows::fill_columns(driver::Connection& connection, const Table& table) {
  std::set<std::string>& seen = seen_[table.name];
  for (const Column& column : table.columns) {
    if (!seen.insert(column.name).second) continue;
    if (is_made_by_database(table, column) || is_in_key(table, column.name)) continue;
    const std::string name = quote(column.name);
    std::string refusal;  // it stays as the revision has left it
    attempt(connection,
            fmt::format("UPDATE {} SET {} = {} WHERE {} IS NULL",
                        dialect_->writer().quote(table.name), name, value(table, column, 1), name),
            refusal);
  }
}

void MadeRows::fill(driver::Connection& connection, const Table& table) {
  const bool is_known = seen_.contains(table.name);
  if (is_known && seen_[table.name].size() == table.columns.size()) return;
  const std::string name = dialect_->writer().quote(table.name);
  if (is_known || !connection.query("SELECT 1 FROM " + name + " LIMIT 1").empty())
    return fill_columns(connection, table);
  for (const Column& column : table.columns) seen_[table.name].insert(column.name);
  for (std::size_t row = 1; row <= count_ && !refused_.contains(table.name); ++row)
    insert(connection, table, row, /*only_needed=*/false);
}

void MadeRows::fill(driver::Connection& connection, const model::Schema& schema) {
  if (empty()) return;
  schema_ = &schema;
  std::erase_if(seen_, [&](const auto& it) { return schema.find_table(it.first) == nullptr; });
  driver::Transaction transaction(connection);
  for (const Table* table : in_order(schema)) {
    if (table->partition_of || refused_.contains(table->name)) continue;
    fill(connection, *table);
  }
  transaction.commit();
}

}  // namespace cupel::command
