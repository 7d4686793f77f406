// SPDX-License-Identifier: MIT
// SQL statements that destroy, found by their tokens. See destructive.hpp.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/lint/destructive.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::lint {
namespace {

using Name = sql::NameText;
using Tokens = sql::StatementTokens;
using Reader = sql::TokenReader;

/// The body of a dollar-quoted or plain string.
std::string_view string_body(std::string_view token) {
  if (token.empty()) return token;
  if (token[0] == '$') {
    const std::size_t tag = token.find('$', 1) + 1;
    return token.size() >= 2 * tag ? token.substr(tag, token.size() - 2 * tag) : std::string_view();
  }
  const std::size_t open = token.find('\'');
  return open == std::string_view::npos || token.size() < open + 2
             ? std::string_view()
             : token.substr(open + 1, token.size() - open - 2);
}

Name joined(const Name& table, const Name& column) {
  return {column.text, column.plain, table.key + "." + column.key, column.last};
}

}  // namespace

/// Judges the statements of one script.
class StatementReader {
 public:
  StatementReader(DestructionWatch& watch, std::span<const std::string_view> statements,
                  std::vector<Destruction>& found)
      : watch_(watch), rules_(watch.writer_->lex_rules()), statements_(statements), found_(found) {}

  void read_all() {
    for (index_ = 0; index_ < statements_.size(); ++index_) read(statements_[index_]);
  }

 private:
  void read(std::string_view sql) {
    static constexpr std::array<std::string_view, 7> kVerbs{"ALTER", "CREATE",   "DELETE", "DO",
                                                            "DROP",  "TRUNCATE", "WITH"};
    sql::Lexer lexer(sql, rules_);
    sql::Token first;
    if (!lexer.next_significant(first)) return;
    const std::string verb = text::to_upper(first.of(sql));
    if (!std::binary_search(kVerbs.begin(), kVerbs.end(), verb)) return;
    const Tokens tokens(sql, rules_);
    if (verb == "ALTER" && tokens.is(1, "TABLE")) alter_table(tokens);
    if (verb == "CREATE") create(tokens);
    if (verb == "DELETE" || verb == "WITH") deletes(tokens);
    if (verb == "DO") block(tokens);
    if (verb == "DROP") drop(tokens);
    if (verb == "TRUNCATE") truncate(tokens);
  }

  void create(const Tokens& tokens) {
    if (const std::optional<Name> name = created_table(tokens)) watch_.made(name->key);
  }

  /// What a CREATE TABLE without IF NOT EXISTS makes.
  static std::optional<Name> created_table(const Tokens& tokens) {
    Reader reader(tokens, 0);
    if (!reader.take("CREATE")) return std::nullopt;
    for (const char* word : {"GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED"}) reader.take(word);
    if (!reader.take("TABLE") || reader.take({"IF", "NOT", "EXISTS"})) return std::nullopt;
    return reader.take_name();
  }

  void drop(const Tokens& tokens) {
    const bool cascade = tokens.find(2, tokens.size(), {"CASCADE"}) < tokens.size();
    const std::string_view what = tokens.text(1);
    Reader reader(tokens, 2);
    const bool conditional = reader.take({"IF", "EXISTS"});
    if (tokens.is(1, "TABLE")) return drop_tables(reader, conditional);
    const std::optional<Name> name = reader.take_name();
    const std::string plain = name ? name->plain : "";
    if (tokens.is(1, "DATABASE") || (tokens.is(1, "SCHEMA") && cascade)) {
      unknown("DS003", "drops " + text::to_lower(what) + " '" + plain + "' with all that is in it");
    } else if (tokens.are(1, {"OWNED", "BY"})) {
      unknown("DS003", "drops all that belongs to a role");
    } else if (cascade && (tokens.is(1, "TYPE") || tokens.is(1, "DOMAIN"))) {
      unknown("DS007",
              "drops " + text::to_lower(what) + " '" + plain + "' with all columns that have it");
    } else if (cascade && tokens.is(1, "EXTENSION")) {
      unknown("DS007", "drops extension '" + plain + "' with all that depends on it");
    }
  }

  void drop_tables(Reader reader, bool conditional) {
    while (const std::optional<Name> name = reader.take_name()) {
      if (!watch_.is_made(name->key) && !rebuilds(*name)) {
        const bool anew = conditional && creates_later(*name);
        found({Destruction::Kind::Rows, anew ? "DS008" : "DS001",
               "drops table '" + name->plain + (anew ? "', if it exists, to create it anew" : "'"),
               watch_.before(name->key, name->text)});
      }
      if (!reader.take(",")) return;
    }
  }

  bool creates_later(const Name& table) const {
    for (std::size_t i = index_ + 1; i < statements_.size(); ++i) {
      const Tokens tokens(statements_[i], rules_);
      const std::optional<Name> made = created_table(tokens);
      if (made && made->key == table.key) return true;
    }
    return false;
  }

  void truncate(const Tokens& tokens) {
    Reader reader(tokens, 1);
    reader.take("TABLE");
    do {
      reader.take("ONLY");
      const std::optional<Name> name = reader.take_name();
      if (!name) return;
      reader.take("*");
      if (watch_.is_made(name->key)) continue;
      found({Destruction::Kind::Rows, "DS004", "empties table '" + name->plain + "'",
             watch_.before(name->key, name->text)});
    } while (reader.take(","));
  }

  /// DELETE FROM without WHERE, also in front of or behind a WITH.
  void deletes(const Tokens& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      if (!tokens.are(i, {"DELETE", "FROM"})) continue;
      Reader reader(tokens, i + 2);
      reader.take("ONLY");
      const std::optional<Name> name = reader.take_name();
      const std::size_t end = tokens.end_of_brackets(reader.at());
      const bool limited = tokens.find(reader.at(), end, {"WHERE", "LIMIT"}) < end;
      if (!name || limited || watch_.is_made(name->key)) continue;
      found({Destruction::Kind::Rows, "DV001", "deletes all rows of table '" + name->plain + "'",
             watch_.before(name->key, name->text)});
    }
  }

  /// What an anonymous block runs stands in a string; the verbs in it are judged as statements.
  void block(const Tokens& tokens) {
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      if (tokens.kind(i) != sql::TokenKind::String) continue;
      const std::string_view body = string_body(tokens.text(i));
      const Tokens inner(body, rules_);
      std::size_t begin = 0;
      for (std::size_t end = 0; end <= inner.size(); ++end) {
        if (end < inner.size() && inner.kind(end) != sql::TokenKind::Semicolon) continue;
        const std::size_t verb =
            inner.find(begin, end, {"ALTER", "DELETE", "DROP", "TRUNCATE", "WITH"});
        if (verb < end) read(inner.between(verb, end));
        begin = end + 1;
      }
    }
  }

  void alter_table(const Tokens& tokens) {
    Reader reader(tokens, 2);
    reader.take({"IF", "EXISTS"});
    reader.take("ONLY");
    const std::optional<Name> table = reader.take_name();
    if (!table) return;
    reader.take("*");
    while (!reader.done()) {
      const std::size_t end = tokens.find(reader.at(), tokens.size(), {","});
      action(tokens, reader, end, *table);
      reader = Reader(tokens, end + 1);
    }
  }

  /// One action of an ALTER TABLE, up to `end`.
  void action(const Tokens& tokens, Reader reader, std::size_t end, const Name& table) {
    if (reader.take("ADD")) return add_column(reader, table);
    if (reader.take("RENAME")) return rename(reader, table);
    if (reader.take("DROP")) return drop_column(tokens, reader, end, table);
    if (!reader.take("ALTER")) return;
    reader.take("COLUMN");
    const std::optional<Name> column = reader.take_name();
    reader.take({"SET", "DATA"});
    if (column && reader.take("TYPE")) change_type(tokens, reader, end, table, *column);
  }

  void add_column(Reader reader, const Name& table) {
    const bool is_column = reader.take("COLUMN");
    for (const char* word : {"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE"})
      if (!is_column && reader.is(word)) return;
    if (reader.take({"IF", "NOT", "EXISTS"})) return;
    if (const std::optional<Name> name = reader.take_name()) watch_.made(joined(table, *name).key);
  }

  void rename(Reader reader, const Name& table) {
    if (reader.take("TO")) {
      const std::optional<Name> to = reader.take_name();
      if (!to) return;
      const std::size_t dot = table.key.rfind('.');
      const std::string schema = dot == std::string::npos ? "" : table.key.substr(0, dot + 1);
      return watch_.renamed(table.key, schema + to->key, table.text);
    }
    if (reader.take("CONSTRAINT")) return;
    reader.take("COLUMN");
    const std::optional<Name> from = reader.take_name();
    reader.take("TO");
    const std::optional<Name> to = reader.take_name();
    if (from && to) watch_.renamed(joined(table, *from).key, joined(table, *to).key, from->text);
  }

  void drop_column(const Tokens& tokens, Reader reader, std::size_t end, const Name& table) {
    if (!reader.take("COLUMN")) {
      if (reader.is("CONSTRAINT")) return;
      // DROP INDEX ix and the like, where it is an action of ALTER TABLE.
      for (const char* word : {"PRIMARY", "INDEX", "KEY", "FOREIGN", "CHECK", "PARTITION"})
        if (reader.is(word) && tokens.is_name(reader.at() + 1) && reader.at() + 1 < end) return;
    }
    reader.take({"IF", "EXISTS"});
    const std::optional<Name> column = reader.take_name();
    if (!column || is_made(table, *column)) return;
    found({Destruction::Kind::Values, "DS002",
           "drops column '" + column->plain + "' of table '" + table.plain + "'",
           watch_.before(table.key, table.text),
           watch_.before(joined(table, *column).key, column->text)});
  }

  void change_type(const Tokens& tokens, Reader reader, std::size_t end, const Name& table,
                   const Name& column) {
    if (is_made(table, column)) return;
    const std::size_t type_end = tokens.find(reader.at(), end, {"COLLATE", "USING"});
    const std::size_t use = tokens.find(reader.at(), end, {"USING"});
    const std::string type(tokens.between(reader.at(), type_end));
    found({Destruction::Kind::CutValues, "DS006",
           "changes the type of column '" + column.plain + "' of table '" + table.plain + "' to " +
               type,
           watch_.before(table.key, table.text),
           watch_.before(joined(table, column).key, column.text), type,
           std::string(tokens.between(use + 1, end))});
  }

  bool is_made(const Name& table, const Name& column) const {
    return watch_.is_made(table.key) || watch_.is_made(joined(table, column).key);
  }

  /// True if another table takes the place of the one that is dropped here: created before, filled
  /// from this one, and given its name later; or this one was renamed out of the way for it. Then
  /// only columns that it has not taken over are lost.
  bool rebuilds(const Name& table) {
    if (const std::optional<std::string> place = watch_.place_of(table.key))
      if (watch_.is_made(*place) && found_rebuild(table, *place)) return true;
    for (std::size_t i = index_ + 1; i < statements_.size(); ++i) {
      const Tokens tokens(statements_[i], rules_);
      if (!tokens.are(0, {"ALTER", "TABLE"})) continue;
      Reader reader(tokens, 2);
      const std::optional<Name> copy = reader.take_name();
      if (!copy || !reader.take({"RENAME", "TO"})) continue;
      const std::optional<Name> to = reader.take_name();
      if (!to || to->key != table.last || !watch_.is_made(copy->key)) continue;
      return found_rebuild(table, copy->key);
    }
    return false;
  }

  bool found_rebuild(const Name& table, const std::string& copy) {
    for (std::size_t i = 0; i < index_; ++i) {
      const Tokens tokens(statements_[i], rules_);
      Reader reader(tokens, 0);
      if (!reader.take("INSERT")) continue;
      reader.take({"OR", "ABORT"});  // OR IGNORE would leave rows out
      if (!reader.take("INTO")) continue;
      const std::optional<Name> into = reader.take_name();
      const std::size_t select = tokens.find(reader.at(), tokens.size(), {"SELECT"});
      const std::size_t from = tokens.find(select, tokens.size(), {"FROM"});
      Reader source(tokens, from + 1);
      const std::optional<Name> name = source.take_name();
      // Behind the table's name stands nothing that would leave rows out.
      if (!into || into->key != copy || !name || name->key != table.key || !source.done()) continue;
      Destruction rebuild{Destruction::Kind::Rebuild, "DS002",
                          "rebuilds table '" + table.plain + "'",
                          watch_.before(table.key, table.text)};
      for (std::size_t k = select + 1; k < from; ++k) {
        if (tokens.is(k, "DISTINCT")) return false;
        if (tokens.is(k, "*") && (k == select + 1 || tokens.is(k - 1, ","))) {
          watch_.rebuilt(copy, table.key, table.text);
          return true;
        }
        if (!tokens.is_name(k)) continue;
        const bool quoted = tokens.kind(k) == sql::TokenKind::QuotedIdentifier;
        rebuild.kept.push_back(
            text::to_lower(quoted ? sql::unquoted(tokens.text(k)) : std::string(tokens.text(k))));
      }
      found(std::move(rebuild));
      watch_.rebuilt(copy, table.key, table.text);
      return true;
    }
    return false;
  }

  void unknown(const char* code, std::string description) {
    found({Destruction::Kind::Unknown, code, std::move(description)});
  }
  void found(Destruction destruction) {
    destruction.statement = index_;
    found_.push_back(std::move(destruction));
  }

  DestructionWatch& watch_;
  const sql::LexRules& rules_;
  std::span<const std::string_view> statements_;
  std::vector<Destruction>& found_;
  std::size_t index_ = 0;
};

std::vector<Destruction> DestructionWatch::see(std::span<const std::string_view> statements) {
  std::vector<Destruction> found;
  StatementReader(*this, statements, found).read_all();
  return found;
}

}  // namespace cupel::lint
