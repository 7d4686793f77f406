// SPDX-License-Identifier: MIT
// CREATE TABLE as SQLite stores it. See create_parser.hpp.
#include <algorithm>
#include <map>
#include <optional>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/types.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::CheckConstraint;
using model::Column;
using model::Deferral;
using model::ForeignKey;
using model::PrimaryKey;
using model::Table;
using model::UniqueConstraint;

/// Words that end a column's type.
bool ends_type(const DefinitionCursor& cursor) {
  static constexpr std::string_view kWords[] = {"CONSTRAINT", "PRIMARY", "NOT",     "NULL",
                                                "UNIQUE",     "CHECK",   "DEFAULT", "COLLATE",
                                                "REFERENCES", "AS",      "ON",      "DEFERRABLE"};
  if (cursor.is_word("GENERATED") && cursor.is_word("ALWAYS", 1)) return true;
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return cursor.is_word(word); });
}

bool begins_table_constraint(const DefinitionCursor& cursor) {
  // Only unquoted words: "check" may be a column.
  return cursor.is_word("CONSTRAINT") || cursor.is_word("PRIMARY") || cursor.is_word("UNIQUE") ||
         cursor.is_word("CHECK") || cursor.is_word("FOREIGN");
}

/// The columns of a PRIMARY KEY or UNIQUE, and their text if it says more than names.
struct Key {
  std::vector<std::string> columns;
  std::string text;
};

class TableParser {
 public:
  TableParser(std::string_view sql, const std::string& schema) : cursor_(sql) {
    table_.name.schema = schema;
  }

  Table parse() {
    cursor_.expect_word("CREATE");
    if (cursor_.take_word("TEMP") || cursor_.take_word("TEMPORARY")) table_.temporary = true;
    cursor_.expect_word("TABLE");
    if (cursor_.take_words("IF", "NOT")) cursor_.expect_word("EXISTS");
    table_.name.name = cursor_.take_object_name();
    cursor_.expect_symbol('(');
    parse_items();
    parse_options();
    respell_columns();
    mark_keys_not_null();
    table_.columns.shrink_to_fit();
    return std::move(table_);
  }
  const std::string& name() const { return table_.name.name; }

 private:
  void parse_items() {
    do {
      if (begins_table_constraint(cursor_)) {
        // SQLite lets the commas between table constraints be left out.
        while (begins_table_constraint(cursor_)) parse_table_constraint();
      } else {
        parse_column();
      }
    } while (cursor_.take_symbol(','));
    cursor_.expect_symbol(')');
  }

  void parse_options() {
    while (!cursor_.at_end()) {
      if (cursor_.take_words("WITHOUT", "ROWID")) {
        table_.without_rowid = true;
      } else if (cursor_.take_word("STRICT")) {
        table_.strict = true;
      } else if (!cursor_.take_symbol(',')) {
        cursor_.fail("WITHOUT ROWID or STRICT");
      }
    }
  }

  void parse_column() {
    Column column;
    column.name = cursor_.take_name();
    column.type = parse_type(take_type());
    table_.columns.push_back(std::move(column));
    while (!at_item_end()) parse_column_constraint();
  }

  std::string take_type() {
    const std::size_t from = cursor_.position();
    while (cursor_.is_name() && !ends_type(cursor_)) cursor_.skip();
    if (cursor_.position() > from && cursor_.is_symbol('(')) cursor_.take_parenthesised();
    return cursor_.text_between(from, cursor_.position());
  }

  Column& column() { return table_.columns.back(); }
  bool at_item_end() const { return cursor_.is_symbol(',') || cursor_.is_symbol(')'); }

  void parse_column_constraint() {
    const std::string name = take_constraint_name();
    if (cursor_.take_words("PRIMARY", "KEY")) {
      parse_column_primary_key(name);
    } else if (cursor_.take_words("NOT", "NULL")) {
      column().nullable = false;
      column().not_null_conflict = take_conflict();
    } else if (cursor_.take_word("NULL")) {
      take_conflict();
    } else if (cursor_.take_word("UNIQUE")) {
      UniqueConstraint unique;
      unique.columns = {column().name};
      unique.name = name;
      unique.on_conflict = take_conflict();
      table_.constraints.emplace_back(std::move(unique));
    } else if (cursor_.take_word("CHECK")) {
      parse_check(name, column().name);
    } else if (cursor_.take_word("DEFAULT")) {
      column().server_default = parse_default(take_default());
    } else if (cursor_.take_word("COLLATE")) {
      column().type.collation = cursor_.take_name();
    } else if (cursor_.is_word("REFERENCES")) {
      parse_references(name, {column().name});
    } else if (cursor_.is_word("DEFERRABLE") ||
               (cursor_.is_word("NOT") && cursor_.is_word("DEFERRABLE", 1))) {
      set_late_deferral();
    } else if (cursor_.take_words("GENERATED", "ALWAYS") || cursor_.is_word("AS")) {
      parse_generated();
    } else if (name.empty() || !at_item_end()) {
      cursor_.fail("a constraint of column '" + column().name + "'");
    }
  }

  std::string take_constraint_name() {
    std::string name;
    while (cursor_.take_word("CONSTRAINT")) name = cursor_.take_name();
    return name;
  }

  void parse_column_primary_key(const std::string& name) {
    PrimaryKey key;
    key.columns = {column().name};
    key.name = name;
    const bool descending = cursor_.take_word("DESC");
    if (!descending) cursor_.take_word("ASC");
    key.on_conflict = take_conflict();
    table_.autoincrement = cursor_.take_word("AUTOINCREMENT");
    // quirk(sqlite): INTEGER PRIMARY KEY DESC at a column is no alias of the rowid; INT is the same
    // type, and no alias either. https://www.sqlite.org/lang_createtable.html#rowid
    if (descending && column().type.kind == model::TypeKind::Integer)
      column().type = model::Named("INT");
    if (descending) table_.options[key_option(key.columns)] = column_text(column().name) + " DESC";
    table_.primary_key = std::move(key);
  }

  void parse_generated() {
    cursor_.expect_word("AS");
    model::Computed computed;
    computed.expression = cursor_.take_parenthesised();
    if (cursor_.take_word("STORED")) computed.persisted = true;
    if (cursor_.take_word("VIRTUAL")) computed.persisted = false;
    column().computed = std::move(computed);
  }

  /// The default as written, parentheses and sign included.
  std::string take_default() {
    const std::size_t from = cursor_.position();
    if (cursor_.is_symbol('(')) {
      cursor_.take_parenthesised();
    } else {
      if (cursor_.is_symbol('-') || cursor_.is_symbol('+')) cursor_.skip();
      cursor_.skip();
    }
    return cursor_.text_between(from, cursor_.position());
  }

  void parse_table_constraint() {
    const std::string name = take_constraint_name();
    if (cursor_.take_words("PRIMARY", "KEY")) {
      PrimaryKey key;
      key.name = name;
      key.columns = take_key(&table_.autoincrement);
      key.on_conflict = take_conflict();
      table_.primary_key = std::move(key);
    } else if (cursor_.take_word("UNIQUE")) {
      UniqueConstraint unique;
      unique.name = name;
      unique.columns = take_key(nullptr);
      unique.on_conflict = take_conflict();
      table_.constraints.emplace_back(std::move(unique));
    } else if (cursor_.take_word("CHECK")) {
      parse_check(name, "");
    } else if (cursor_.take_words("FOREIGN", "KEY")) {
      std::vector<std::string> columns = cursor_.take_name_list();
      parse_references(name, std::move(columns));
    } else if (!at_item_end()) {
      cursor_.fail("a table constraint");
    }
  }

  /// (a COLLATE NOCASE, b DESC); PRIMARY KEY (id AUTOINCREMENT) is allowed too.
  std::vector<std::string> take_key(bool* autoincrement) {
    std::vector<std::string> columns;
    std::vector<std::string> texts;
    bool plain = true;
    cursor_.expect_symbol('(');
    do {
      columns.push_back(cursor_.take_name());
      std::string text = column_text(columns.back());
      if (cursor_.take_word("COLLATE")) {
        text += " COLLATE " + collation_text(cursor_.take_name());
        plain = false;
      }
      if (cursor_.take_word("DESC")) {
        text += " DESC";
        plain = false;
      }
      cursor_.take_word("ASC");
      if (autoincrement != nullptr && cursor_.take_word("AUTOINCREMENT")) *autoincrement = true;
      texts.push_back(std::move(text));
    } while (cursor_.take_symbol(','));
    cursor_.expect_symbol(')');
    if (!plain) key_texts_[columns] = text::join(texts, ", ");
    return columns;
  }

  void parse_check(const std::string& name, const std::string& at_column) {
    CheckConstraint check;
    check.name = name;
    check.column = at_column;
    check.expression = cursor_.take_parenthesised();
    check.on_conflict = take_conflict();
    table_.constraints.emplace_back(std::move(check));
  }

  void parse_references(const std::string& name, std::vector<std::string> columns) {
    ForeignKey key;
    key.name = name;
    key.columns = std::move(columns);
    cursor_.expect_word("REFERENCES");
    key.referred_table = {table_.name.schema, cursor_.take_name()};
    if (cursor_.is_symbol('(')) key.referred_columns = cursor_.take_name_list();
    while (parse_reference_action(key)) {
    }
    key.deferral = take_deferral();
    table_.constraints.emplace_back(std::move(key));
  }

  bool parse_reference_action(ForeignKey& key) {
    if (cursor_.take_word("MATCH")) {
      key.match = text::to_upper(cursor_.take_name());
      return true;
    }
    if (cursor_.take_words("ON", "DELETE")) {
      key.on_delete = take_action();
      return true;
    }
    if (cursor_.take_words("ON", "UPDATE")) {
      key.on_update = take_action();
      return true;
    }
    if (cursor_.take_words("ON", "INSERT")) {
      take_action();
      return true;
    }
    return false;
  }

  std::string take_action() {
    std::string action = text::to_upper(cursor_.take());
    if (action == "SET" || action == "NO") action += " " + text::to_upper(cursor_.take());
    return action;
  }

  Deferral take_deferral() {
    Deferral deferral;
    const bool negated = cursor_.is_word("NOT") && cursor_.is_word("DEFERRABLE", 1);
    if (negated) cursor_.skip();
    if (!cursor_.take_word("DEFERRABLE")) return deferral;
    deferral.deferrable = !negated;
    if (cursor_.take_word("INITIALLY")) deferral.initially = text::to_upper(cursor_.take());
    return deferral;
  }

  /// DEFERRABLE apart from its REFERENCES, with other constraints between, belongs to the last one.
  void set_late_deferral() {
    const Deferral deferral = take_deferral();
    for (auto it = table_.constraints.rbegin(); it != table_.constraints.rend(); ++it) {
      if (ForeignKey* key = std::get_if<ForeignKey>(&*it)) {
        key->deferral = deferral;
        return;
      }
    }
  }

  std::string take_conflict() {
    if (!cursor_.take_words("ON", "CONFLICT")) return {};
    return text::to_upper(cursor_.take());
  }

  static std::string column_text(const std::string& name) { return quote_identifier(name); }

  /// Constraints may spell columns in another case than their definition.
  void respell_columns() {
    std::map<std::string, std::string> spelled;
    for (const Column& column : table_.columns) spelled[text::to_lower(column.name)] = column.name;
    const auto respell = [&](std::vector<std::string>& columns) {
      for (std::string& name : columns) {
        const auto found = spelled.find(text::to_lower(name));
        if (found != spelled.end()) name = found->second;
      }
    };
    if (table_.primary_key) respell(table_.primary_key->columns);
    for (model::Constraint& constraint : table_.constraints) {
      if (auto* unique = std::get_if<UniqueConstraint>(&constraint)) respell(unique->columns);
      if (auto* key = std::get_if<ForeignKey>(&constraint)) {
        respell(key->columns);
        if (text::equals_ignore_case(key->referred_table.name, table_.name.name))
          respell(key->referred_columns);
      }
    }
    for (const auto& [written, text] : key_texts_) {
      std::vector<std::string> columns = written;
      respell(columns);
      table_.options[key_option(columns)] = text;
    }
  }

  /// quirk(sqlite): a primary key may hold NULL unless it is the rowid or the table has none.
  void mark_keys_not_null() {
    if (!table_.primary_key) return;
    const std::vector<std::string>& key = table_.primary_key->columns;
    const Column* only = key.size() == 1 ? table_.find_column(key[0]) : nullptr;
    const bool is_rowid = only != nullptr && only->type.kind == model::TypeKind::Integer;
    if (!is_rowid && !table_.without_rowid) return;
    for (const std::string& name : key)
      if (Column* column = table_.find_column(name)) column->nullable = false;
  }

  DefinitionCursor cursor_;
  Table table_;
  std::map<std::vector<std::string>, std::string> key_texts_;
};

}  // namespace

std::string key_option(const std::vector<std::string>& columns) {
  return "sqlite_key:" + text::join(columns, ",");
}

model::Table parse_create_table(std::string_view sql, const std::string& schema) {
  TableParser parser(sql, schema);
  try {
    return parser.parse();
  } catch (Error& error) {
    throw Error("cannot read the definition of table '" + parser.name() + "': " + error.message());
  }
}

}  // namespace cupel::dialect::sqlite
