// SPDX-License-Identifier: MIT
// sqlite_schema to model. See inspect.hpp.
#include "dialect/sqlite/inspect.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::ObjectName;
using model::Schema;
using model::Table;

constexpr std::string_view kDefaultSchema = "main";

/// One row of sqlite_schema.
struct Entry {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;
};

bool is_virtual(std::string_view sql) {
  DefinitionCursor cursor(sql.substr(0, 60));
  return cursor.take_word("CREATE") && cursor.take_word("VIRTUAL");
}

/// What fts3, fts4, fts5 and rtree put behind the name of their virtual table.
constexpr std::array<std::string_view, 11> kShadowSuffixes{
    "_config", "_content", "_data",   "_docsize",  "_idx", "_node",
    "_parent", "_rowid",   "_segdir", "_segments", "_stat"};

/// The tables of a schema that are not the user's: virtual ones and their shadows.
class HiddenTables {
 public:
  explicit HiddenTables(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries)
      if (entry.type == "table" && is_virtual(entry.sql)) add(entry.name);
  }
  bool has(const std::string& name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

 private:
  void add(const std::string& name) {
    names_.push_back(name);
    for (const std::string_view suffix : kShadowSuffixes)
      names_.push_back(name + std::string(suffix));
  }
  std::vector<std::string> names_;
};

/// Turns one schema's rows into model values.
class Assembler {
 public:
  Assembler(std::string schema, const std::vector<std::string>& only, Schema& result)
      : schema_(std::move(schema)), only_(only), result_(result) {}

  void add(const std::vector<Entry>& entries) {
    const HiddenTables hidden(entries);
    for (const Entry& entry : entries)
      if (!hidden.has(entry.table)) add(entry);
  }

 private:
  void add(const Entry& entry) {
    if (entry.type == "table") add_table(entry);
    if (entry.type == "index") add_index(entry);
    if (entry.type == "view") add_view(entry);
    if (entry.type == "trigger") add_trigger(entry);
  }

  void add_table(const Entry& entry) {
    if (!wanted(entry.name)) return;
    places_[entry.name] = result_.tables.size();
    result_.tables.push_back(parse_create_table(entry.sql, schema_));
    result_.tables.back().name.name = entry.name;
  }

  void add_index(const Entry& entry) {
    const auto place = places_.find(entry.table);
    if (place == places_.end()) return;
    Table& table = result_.tables[place->second];
    table.indexes.push_back(parse_create_index(entry.sql, table));
  }

  void add_view(const Entry& entry) {
    if (!wanted(entry.name) && !mentions_wanted(entry.sql)) return;
    result_.views.push_back(parse_create_view(entry.sql, schema_));
  }

  void add_trigger(const Entry& entry) {
    if (!wanted(entry.table) && !mentions_wanted(entry.sql)) return;
    result_.triggers.push_back(
        {entry.name, {schema_, entry.table}, trigger_definition(entry.sql, schema_)});
  }

  bool wanted(const std::string& name) const {
    return only_.empty() || std::find(only_.begin(), only_.end(), name) != only_.end();
  }
  bool mentions_wanted(const std::string& sql) const {
    return std::any_of(only_.begin(), only_.end(), [&](const std::string& name) {
      return ops::mentions_identifier(sql, name);
    });
  }

  std::string schema_;
  const std::vector<std::string>& only_;
  Schema& result_;
  std::map<std::string, std::size_t> places_;
};

/// Foreign keys may spell the table and the columns that they refer to in another case.
class ReferenceSpelling {
 public:
  explicit ReferenceSpelling(Schema& schema) : schema_(schema) {
    for (const Table& table : schema.tables) tables_[key(table.name)] = &table;
  }
  void apply() {
    for (Table& table : schema_.tables)
      for (model::Constraint& constraint : table.constraints)
        if (auto* reference = std::get_if<model::ForeignKey>(&constraint)) respell(*reference);
  }

 private:
  static ObjectName key(const ObjectName& name) { return {name.schema, text::to_lower(name.name)}; }
  void respell(model::ForeignKey& reference) const {
    const auto found = tables_.find(key(reference.referred_table));
    if (found == tables_.end()) return;
    reference.referred_table = found->second->name;
    for (std::string& name : reference.referred_columns)
      for (const model::Column& column : found->second->columns)
        if (text::equals_ignore_case(column.name, name)) name = column.name;
  }
  Schema& schema_;
  std::map<ObjectName, const Table*> tables_;
};

class SqliteInspector : public inspect::Inspector {
 public:
  explicit SqliteInspector(driver::Connection& connection) : connection_(connection) {}

  Schema inspect(const inspect::Scope& scope) override {
    Schema result;
    for (const std::string& schema : schemas_of(scope)) {
      std::vector<std::string> only;
      for (const ObjectName& table : scope.tables)
        if (own_name(table.schema) == schema) only.push_back(table.name);
      if (only.empty() && !scope.tables.empty()) continue;
      if (!schema.empty()) result.schemas.push_back(schema);
      Assembler(schema, only, result).add(read(schema, only));
    }
    ReferenceSpelling(result).apply();
    return result;
  }

  std::string default_schema() override { return std::string(kDefaultSchema); }

  std::vector<std::string> table_names(const std::string& schema) override {
    const std::vector<Entry> entries = read(own_name(schema), {}, "AND type = 'table' ");
    const HiddenTables hidden(entries);
    std::vector<std::string> names;
    for (const Entry& entry : entries)
      if (!hidden.has(entry.name)) names.push_back(entry.name);
    return names;
  }

  std::vector<std::string> view_names(const std::string& schema) override {
    std::vector<std::string> names;
    for (const Entry& entry : read(own_name(schema), {}, "AND type = 'view' "))
      names.push_back(entry.name);
    return names;
  }

  std::vector<std::string> schema_names() override {
    std::vector<std::string> names;
    for (const driver::Row row : connection_.query(
             "SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY seq"))
      names.push_back(row.text(0));
    return names;
  }

 private:
  /// "main" is the default schema, which model values leave out.
  static std::string own_name(const std::string& schema) {
    return schema == kDefaultSchema ? std::string() : schema;
  }

  std::vector<std::string> schemas_of(const inspect::Scope& scope) {
    std::vector<std::string> schemas;
    const auto add = [&](const std::string& name) {
      const std::string own = own_name(name);
      if (std::find(schemas.begin(), schemas.end(), own) == schemas.end()) schemas.push_back(own);
    };
    if (scope.all_schemas)
      for (const std::string& name : schema_names()) add(name);
    for (const std::string& name : scope.schemas) add(name);
    for (const ObjectName& table : scope.tables) add(table.schema);
    if (schemas.empty()) add("");
    return schemas;
  }

  /// In the order of creation, but tables before what hangs on them. sqlite_master is the name that
  /// every version knows; automatic indexes have no text.
  std::vector<Entry> read(const std::string& schema, const std::vector<std::string>& only,
                          std::string_view condition = "") {
    std::vector<Value> parameters;
    std::string sql = "SELECT type, name, tbl_name, sql FROM " +
                      quote_identifier(schema.empty() ? kDefaultSchema : schema) +
                      ".sqlite_master WHERE sql IS NOT NULL "
                      "AND substr(name, 1, 7) <> 'sqlite_' ";
    sql += condition;
    if (!only.empty()) sql += "AND (" + condition_for(only, parameters) + ") ";
    sql += "ORDER BY type <> 'table', CASE type WHEN 'table' THEN name END, rowid";
    std::vector<Entry> entries;
    for (const driver::Row row : connection_.query(sql, parameters))
      entries.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
    return entries;
  }

  /// A rough choice by SQLite, so that a question about one table does not read them all.
  static std::string condition_for(const std::vector<std::string>& only,
                                   std::vector<Value>& parameters) {
    std::vector<std::string> parts{"sql LIKE 'CREATE VIRTUAL %'"};
    for (const std::string& name : only) {
      parts.push_back(
          "tbl_name = ? OR (type IN ('view', 'trigger') AND instr(lower(sql), lower(?)))");
      parameters.emplace_back(name);
      // Up to its first quote, which a text may spell twice.
      parameters.emplace_back(name.substr(0, name.find_first_of("\"`'")));
    }
    return text::join(parts, " OR ");
  }

  driver::Connection& connection_;
};

}  // namespace

std::unique_ptr<inspect::Inspector> make_inspector(driver::Connection& connection) {
  return std::make_unique<SqliteInspector>(connection);
}

}  // namespace cupel::dialect::sqlite
