// SPDX-License-Identifier: MIT
// Keeps the database in memory in step. See replay.hpp.
#include "dialect/sqlite/lint/replay.hpp"

#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/lex.hpp"
#include "lint/keys.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr std::size_t kMostTables = 12;

}  // namespace

bool is_switched_on(const std::string& value) {
  return value == "1" || value == "on" || value == "true" || value == "yes";
}

std::set<std::string> names_in(std::string_view statement) {
  std::set<std::string> names;
  sql::Lexer lexer(statement, lex_rules());
  sql::Token token;
  while (lexer.next_significant(token)) {
    const std::string_view text = token.of(statement);
    if (token.kind == sql::TokenKind::Word) names.insert(text::to_lower(text));
    // SQLite takes a string for a name, too, where it wants one.
    if ((token.kind == sql::TokenKind::QuotedIdentifier || token.kind == sql::TokenKind::String) &&
        token.terminated && text.size() > 1)
      names.insert(text::to_lower(unquoted(text)));
  }
  return names;
}

LintReplay::LintReplay() { open(); }

void LintReplay::open() {
  probe_.reset();
  connection_ = connect(driver::parse_url("sqlite://"));
  probe_ = std::make_unique<StatementProbe>(*connection_);
  probe_->set_legacy_alter_table(legacy_alter_table_);
  agreed_.clear();
  agreed_views_.clear();
}

void LintReplay::set_legacy_alter_table(bool on) {
  legacy_alter_table_ = on;
  probe_->set_legacy_alter_table(on);
}

bool LintReplay::try_run(const std::string& statement) {
  try {
    probe_->grant_time();
    connection_->query(statement);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string LintReplay::run(const std::string& statement) {
  try_run("SAVEPOINT cupel_lint");
  std::string error;
  try {
    probe_->grant_time();
    connection_->query(statement);
  } catch (const Error& refused) {
    error = refused.message();
    try_run("ROLLBACK TO cupel_lint");
  }
  try_run("RELEASE cupel_lint");
  return error;
}

std::map<std::string, LintReplay::Entry> LintReplay::entries(const std::set<std::string>& names) {
  std::map<std::string, Entry> found;
  std::string list;
  std::vector<Value> parameters;
  for (const std::string& name : names) {
    list += list.empty() ? "?" : ", ?";
    parameters.emplace_back(name);
  }
  if (names.empty()) return found;
  const std::string query =
      "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND lower(name) "
      "IN (" +
      list + ")";
  for (const driver::Row row : connection_->query(query, parameters))
    found[text::to_lower(row.text(1))] = {row.text(0), row.text(1), row.text(2), row.text(3)};
  return found;
}

void LintReplay::drop(const std::string& kind, const std::string& name) {
  try_run("DROP " + kind + " IF EXISTS " + quote_identifier(name));
  if (kind == "TABLE") agreed_.erase(text::to_lower(name));
}

/// An index of that name may be left at a table that has another name, or is gone, since.
void LintReplay::free_index_name(const std::string& name) {
  const std::vector<Value> parameters{text::to_lower(name)};
  const driver::Rows rows = connection_->query(
      "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND lower(name) = ?",
      parameters);
  if (rows.empty()) return;
  agreed_.erase(text::to_lower(rows[0].text(1)));
  drop("INDEX", rows[0].text(0));
}

void LintReplay::create(const model::Table& table) {
  try {
    for (const model::Index& index : table.indexes) free_index_name(index.name);
    for (const sql::Statement& statement : writer().write(ops::CreateTable{table}))
      try_run(statement.sql);
    agreed_.insert_or_assign(text::to_lower(table.name.name), table);
  } catch (const Error&) {
    // SQLite cannot have such a table; what speaks of it is not understood then.
  }
}

bool LintReplay::is_same(const model::Table& table, const Entry& entry) {
  const std::string key = text::to_lower(table.name.name);
  const auto agreed = agreed_.find(key);
  if (agreed != agreed_.end() && agreed->second == table) return true;
  try {
    model::Table stored = parse_create_table(entry.sql);
    const std::string query =
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?";
    const std::vector<Value> parameters{entry.name};
    for (const driver::Row row : connection_->query(query, parameters))
      stored.indexes.push_back(parse_create_index(row.text(0), stored));
    if (normalized(as_stored(table)) != normalized(stored)) return false;
    agreed_.insert_or_assign(key, table);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void LintReplay::bring_table(const model::Table& table, const Entry* entry) {
  if (entry != nullptr) {
    if (entry->type == "table" && is_same(table, *entry)) return;
    drop(text::to_upper(entry->type), entry->name);
  }
  create(table);
}

void LintReplay::bring_view(const model::View& view, const Entry* entry) {
  const std::string key = text::to_lower(view.name.name);
  if (entry != nullptr) {
    const auto agreed = agreed_views_.find(key);
    const bool is_same = agreed != agreed_views_.end() && agreed->second == view.definition;
    if (entry->type == "view" && is_same) return;
    drop(text::to_upper(entry->type), entry->name);
  }
  try {
    for (const sql::Statement& statement : writer().write(ops::CreateView{view}))
      try_run(statement.sql);
    agreed_views_[key] = view.definition;
  } catch (const Error&) {
    // As for tables.
  }
}

void LintReplay::bring_triggers(const std::set<std::string>& names, const model::Schema& schema,
                                const std::map<std::string, Entry>& have) {
  std::set<std::string> wanted;
  for (const model::Trigger& trigger : schema.triggers) {
    const std::string name = text::to_lower(trigger.name);
    const bool is_meant =
        names.contains(name) || names.contains(text::to_lower(trigger.table.name));
    if (!trigger.table.schema.empty() || !is_meant) continue;
    wanted.insert(name);
    try_run(trigger.definition);  // refused if it is there
  }
  for (const auto& [name, entry] : have)
    if (entry.type == "trigger" && !wanted.contains(name)) drop("TRIGGER", entry.name);
}

void LintReplay::add_dependents(std::set<std::string>& names, const model::Schema& schema) {
  // ALTER TABLE reads the views and triggers that speak of its table.
  if (names.contains("alter")) {
    for (const model::View& view : schema.views) {
      const std::set<std::string> uses = names_in(view.definition);
      if (std::any_of(schema.tables.begin(), schema.tables.end(), [&](const model::Table& table) {
            const std::string key = text::to_lower(table.name.name);
            return names.contains(key) && uses.contains(key);
          }))
        names.insert(text::to_lower(view.name.name));
    }
  }
  // A view stands on what its text names, and an index on its table.
  for (bool more = true; std::exchange(more, false);) {
    const std::size_t before = names.size();
    for (const model::View& view : schema.views)
      if (view.name.schema.empty() && names.contains(text::to_lower(view.name.name)))
        names.merge(names_in(view.definition));
    more = names.size() > before;
  }
  if (names.contains("index"))
    for (const model::Table& table : schema.tables)
      for (const model::Index& index : table.indexes)
        if (names.contains(text::to_lower(index.name)))
          names.insert(text::to_lower(table.name.name));
}

void LintReplay::bring(std::set<std::string> names, const model::Schema& schema) {
  // SQLite reads all that there is for each ALTER TABLE, so little is kept.
  if (agreed_.size() > kMostTables && !must_stay_) open();
  add_dependents(names, schema);
  const std::map<std::string, Entry> have = entries(names);
  const auto entry_of = [&](const std::string& key) {
    const auto found = have.find(key);
    return found == have.end() ? nullptr : &found->second;
  };
  std::set<std::string> wanted;
  for (const model::Table& table : schema.tables) {
    if (!table.name.schema.empty()) continue;
    const std::string key = text::to_lower(table.name.name);
    if (!names.contains(key)) continue;
    wanted.insert(key);
    bring_table(table, entry_of(key));
  }
  for (const model::View& view : schema.views) {
    const std::string key = text::to_lower(view.name.name);
    if (!view.name.schema.empty() || !names.contains(key)) continue;
    wanted.insert(key);
    bring_view(view, entry_of(key));
  }
  for (const auto& [key, entry] : have) {
    const bool is_virtual = text::to_upper(entry.sql.substr(0, 14)) == "CREATE VIRTUAL";
    if ((entry.type == "table" || entry.type == "view") && !is_virtual && !wanted.contains(key))
      drop(text::to_upper(entry.type), entry.name);
  }
  bring_triggers(names, schema, have);
}

void LintReplay::bring_all(const model::Schema& schema) {
  open();
  try_run("BEGIN");
  for (const model::Table& table : schema.tables)
    if (table.name.schema.empty()) create(table);
  for (const model::View& view : schema.views)
    if (view.name.schema.empty()) bring_view(view, nullptr);
  for (const model::Trigger& trigger : schema.triggers) try_run(trigger.definition);
  try_run("COMMIT");
}

namespace {

/// "SEARCH t USING INDEX i (a=? AND b>?)": a.
std::vector<std::string> columns_searched(const std::string& line) {
  std::vector<std::string> columns;
  const std::size_t open = line.rfind('(');
  if (!line.starts_with("SEARCH ") || open == std::string::npos) return columns;
  const std::string terms = text::replace_all(line.substr(open + 1), " AND ", ",");
  for (const std::string& term : text::split_list(terms.substr(0, terms.find(')'))))
    if (term.ends_with("=?")) columns.push_back(term.substr(0, term.size() - 2));
  return columns;
}

/// With some value for each parameter.
std::string without_parameters(const std::string& statement) {
  std::string text;
  sql::Lexer lexer(statement, lex_rules());
  sql::Token token;
  while (lexer.next(token))
    text += token.kind == sql::TokenKind::Parameter ? "1" : std::string(token.of(statement));
  return text;
}

}  // namespace

bool LintReplay::goes_by_key(const std::string& statement, const model::Table* table) {
  try {
    probe_->grant_time();
    const driver::Rows plan =
        connection_->query("EXPLAIN QUERY PLAN " + without_parameters(statement));
    // More lines: a subquery, which may give many keys.
    if (plan.size() != 1) return false;
    const std::string line = plan[0].text(3);
    if (line.find("INTEGER PRIMARY KEY (rowid=?)") != std::string::npos) return true;
    return lint::hold_key(table, columns_searched(line));
  } catch (const Error&) {
    return false;
  }
}

std::optional<model::Table> LintReplay::table(const std::string& name, bool temporary) {
  const std::vector<Value> parameters{text::to_lower(name)};
  const driver::Rows rows = connection_->query(
      std::string("SELECT sql, name FROM ") + (temporary ? "sqlite_temp_master" : "sqlite_master") +
          " WHERE type = 'table' AND sql IS NOT NULL AND lower(name) = ?",
      parameters);
  if (rows.empty()) return std::nullopt;
  try {
    model::Table table = parse_create_table(rows[0].text(0), temporary ? "temp" : "");
    table.name.name = rows[0].text(1);
    table.temporary = temporary;
    return table;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string LintReplay::definition(const std::string& name, bool temporary) {
  const std::vector<Value> parameters{text::to_lower(name)};
  const driver::Rows rows = connection_->query(
      std::string("SELECT sql FROM ") + (temporary ? "sqlite_temp_master" : "sqlite_master") +
          " WHERE type <> 'table' AND sql IS NOT NULL AND lower(name) = ?",
      parameters);
  return rows.empty() ? "" : rows[0].text(0);
}

}  // namespace cupel::dialect::sqlite
