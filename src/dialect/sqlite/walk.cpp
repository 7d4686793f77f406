// SPDX-License-Identifier: MIT
// A table with rowids is walked over by them: that is how its rows lie in the file. Where no
// INTEGER PRIMARY KEY holds the rowid, VACUUM may number the rows anew; it changes the schema's
// version too. https://www.sqlite.org/lang_vacuum.html
#include "dialect/sqlite/walk.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/lex.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {
namespace {

struct WalkedColumn {
  std::string name;
  std::string type;
  std::int64_t key_part = 0;
};

class WalkMaker {
 public:
  WalkMaker(std::string_view table, driver::Connection& connection)
      : table_(table), connection_(&connection) {
    const sql::StatementTokens tokens(table, lex_rules());
    const std::optional<sql::NameText> name = sql::TokenReader(tokens, 0).take_name();
    if (name) name_ = sql::object_name(*name);
  }

  Walk make() {
    if (name_.schema.empty()) find_schema();
    const driver::Rows found =
        query("SELECT type, wr FROM pragma_table_list WHERE lower(schema) = ? AND lower(name) = ?",
              {name_.schema, text::to_lower(name_.name)});
    if (found.empty()) throw refusal("there is no such table", "correct its name");
    if (found[0].text(0) != "table")
      throw refusal("it is a " + found[0].text(0), "name the table behind it");
    read_columns();
    return found[0].boolean(1) ? by_key() : by_rowid();
  }

 private:
  driver::Rows query(const std::string& sql, const std::vector<Value>& values) {
    return connection_->query(sql, values);
  }

  UsageError refusal(const std::string& why, const std::string& hint) const {
    return UsageError(fmt::format("'{}' cannot be walked over in batches: {}", table_, why), hint);
  }

  /// A temporary table hides others of its name.
  void find_schema() {
    const driver::Rows rows = query(
        "SELECT schema FROM pragma_table_list WHERE lower(name) = ? ORDER BY schema <> 'temp', "
        "schema <> 'main' LIMIT 1",
        {text::to_lower(name_.name)});
    name_.schema = rows.empty() ? "main" : text::to_lower(rows[0].text(0));
  }

  void read_columns() {
    for (const driver::Row row :
         query("SELECT name, type, pk FROM pragma_table_info(?, ?)", {name_.name, name_.schema}))
      columns_.push_back({row.text(0), row.optional_text(1).value_or(""), row.integer(2)});
  }

  Walk by_rowid() {
    constexpr std::array<const char*, 3> kNames{"rowid", "_rowid_", "oid"};
    const auto* free = std::find_if(kNames.begin(), kNames.end(), [&](const char* name) {
      return std::none_of(columns_.begin(), columns_.end(), [&](const WalkedColumn& column) {
        return text::equals_ignore_case(column.name, name);
      });
    });
    const WalkedColumn* alias = rowid_column();
    if (free == kNames.end() && alias == nullptr)
      throw refusal("its columns hide the rowid", "rename one of rowid, _rowid_ and oid");
    const std::string key =
        free == kNames.end() ? writer().quote(std::string_view(alias->name)) : *free;
    Walk walk;
    walk.key = {key};
    walk.literals = {key};
    walk.fixed = {kNames.begin(), kNames.end()};
    if (free == kNames.end()) walk.fixed.clear();
    if (alias != nullptr) walk.fixed.push_back(text::to_lower(alias->name));
    if (alias == nullptr) walk.validity = "PRAGMA schema_version";
    walk.estimate = fmt::format(
        "SELECT (SELECT max({0}) FROM {1}) - (SELECT min({0}) FROM {1}) + 1", key, table_);
    return walk;
  }

  /// The column that is another name of the rowid, or null.
  const WalkedColumn* rowid_column() const {
    const auto is_key = [](const WalkedColumn& column) { return column.key_part > 0; };
    const auto found = std::find_if(columns_.begin(), columns_.end(), is_key);
    if (found == columns_.end() || std::count_if(columns_.begin(), columns_.end(), is_key) != 1 ||
        !text::equals_ignore_case(found->type, "INTEGER"))
      return nullptr;
    // The index that INTEGER PRIMARY KEY DESC has for historical reasons says that it is none.
    const driver::Rows indexes = query_indexes();
    return indexes[0].integer(0) == 0 ? &*found : nullptr;
  }
  driver::Rows query_indexes() const {
    return connection_->query("SELECT count(*) FROM pragma_index_list(?, ?) WHERE origin = 'pk'",
                              std::array<Value, 2>{name_.name, name_.schema});
  }

  Walk by_key() {
    std::vector<WalkedColumn> parts;
    for (const WalkedColumn& column : columns_)
      if (column.key_part > 0) parts.push_back(column);
    std::sort(parts.begin(), parts.end(),
              [](const WalkedColumn& a, const WalkedColumn& b) { return a.key_part < b.key_part; });
    Walk walk;
    for (const WalkedColumn& column : parts) {
      walk.key.push_back(writer().quote(std::string_view(column.name)));
      walk.literals.push_back("quote(" + walk.key.back() + ")");
      walk.fixed.push_back(text::to_lower(column.name));
    }
    return walk;
  }

  std::string table_;
  driver::Connection* connection_;
  model::ObjectName name_;
  std::vector<WalkedColumn> columns_;
};

}  // namespace

Walk make_walk(std::string_view table, driver::Connection& connection) {
  return WalkMaker(table, connection).make();
}

}  // namespace cupel::dialect::sqlite
