// SPDX-License-Identifier: MIT
// See created_names.hpp.
#include "command/created_names.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;
using model::ObjectKind;

/// As far as a statement is looked at: "CREATE GLOBAL TEMPORARY TABLE IF NOT EXISTS a . b", and a
/// trigger's "BEFORE INSERT OR UPDATE OF a, b ON t".
constexpr std::size_t kTokens = 48;

std::string unquoted(std::string_view token) {
  const char first = token.empty() ? ' ' : token.front();
  if (first != '"' && first != '`' && first != '[') return text::to_lower(token);
  const char last = first == '[' ? ']' : first;
  if (token.size() < 2 || token.back() != last) return std::string(token);
  const std::string mark(1, last);
  return text::replace_all(std::string(token.substr(1, token.size() - 2)), mark + mark, mark);
}

/// Reads one statement from its first word on.
class Reader {
 public:
  Reader(std::string_view statement, const sql::LexRules& rules)
      : tokens_(sql::significant_texts(statement, kTokens, rules)) {}

  bool take(std::string_view word) {
    if (at_ >= tokens_.size() || tokens_[at_] != word) return false;
    ++at_;
    return true;
  }
  bool take_all(std::initializer_list<std::string_view> words) {
    const std::size_t before = at_;
    for (const std::string_view word : words) {
      if (take(word)) continue;
      at_ = before;
      return false;
    }
    return true;
  }
  void skip(std::initializer_list<std::string_view> words) {
    while (std::any_of(words.begin(), words.end(), [this](auto word) { return take(word); })) {
    }
  }
  bool skip_to(std::string_view word) {
    while (at_ < tokens_.size() && tokens_[at_] != word) ++at_;
    return take(word);
  }
  std::optional<std::string> word() {
    if (at_ >= tokens_.size()) return std::nullopt;
    return unquoted(tokens_[at_++]);
  }
  std::optional<model::ObjectName> name() {
    std::optional<std::string> first = word();
    if (!first) return std::nullopt;
    std::vector<std::string> parts{std::move(*first)};
    while (take(".")) {
      std::optional<std::string> next = word();
      if (!next) return std::nullopt;
      parts.push_back(std::move(*next));
    }
    if (parts.size() == 1) return model::ObjectName(parts[0]);
    return model::ObjectName(parts[parts.size() - 2], parts.back());
  }
  bool at_end() const { return at_ >= tokens_.size(); }

 private:
  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
};

std::optional<ObjectKind> object_kind(Reader& reader) {
  if (reader.take("TABLE") || reader.take_all({"FOREIGN", "TABLE"}) ||
      reader.take_all({"VIRTUAL", "TABLE"}))
    return ObjectKind::Table;
  if (reader.take("VIEW")) return ObjectKind::View;
  if (reader.take("SEQUENCE")) return ObjectKind::Sequence;
  if (reader.take("TYPE")) return ObjectKind::Enum;
  if (reader.take("DOMAIN")) return ObjectKind::Domain;
  if (reader.take("SCHEMA")) return ObjectKind::Schema;
  if (reader.take("EXTENSION")) return ObjectKind::Extension;
  if (reader.take("TRIGGER")) return ObjectKind::Trigger;
  if (reader.take("FUNCTION") || reader.take("PROCEDURE")) return ObjectKind::Function;
  return std::nullopt;
}

std::optional<ObjectKey> object_key(Reader& reader, ObjectKind kind) {
  std::optional<model::ObjectName> name = reader.name();
  if (!name) return std::nullopt;
  if (kind != ObjectKind::Trigger) return ObjectKey{kind, std::move(*name), {}};
  if (!reader.skip_to("ON")) return ObjectKey{kind, std::move(*name), {}};
  const std::optional<model::ObjectName> table = reader.name();
  if (!table) return std::nullopt;
  return ObjectKey{kind, {table->schema, name->name}, table->name};
}

std::vector<NameChange> created(Reader& reader) {
  reader.skip({"OR", "REPLACE", "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "RECURSIVE",
               "MATERIALIZED", "CONSTRAINT"});
  const std::optional<ObjectKind> kind = object_kind(reader);
  if (!kind) return {};
  reader.take_all({"IF", "NOT", "EXISTS"});
  const std::optional<ObjectKey> key = object_key(reader, *kind);
  if (!key) return {};
  return {{NameChange::Kind::Created, *key, {}}};
}

std::vector<NameChange> dropped(Reader& reader) {
  reader.take("MATERIALIZED");
  const std::optional<ObjectKind> kind = object_kind(reader);
  if (!kind) return {};
  reader.take_all({"IF", "EXISTS"});
  std::vector<NameChange> changes;
  do {
    const std::optional<ObjectKey> key = object_key(reader, *kind);
    if (!key) return changes;
    changes.push_back({NameChange::Kind::Dropped, *key, {}});
  } while (reader.take(","));
  return changes;
}

std::vector<NameChange> altered(Reader& reader) {
  reader.take("MATERIALIZED");
  const std::optional<ObjectKind> kind = object_kind(reader);
  if (!kind) return {};
  reader.take_all({"IF", "EXISTS"});
  reader.take("ONLY");
  const std::optional<ObjectKey> key = object_key(reader, *kind);
  if (!key) return {};
  if (reader.take_all({"RENAME", "TO"})) {
    const std::optional<std::string> to = reader.word();
    if (to) return {{NameChange::Kind::Renamed, *key, *to}};
  }
  if (reader.take_all({"SET", "SCHEMA"})) {
    const std::optional<std::string> to = reader.word();
    if (to) return {{NameChange::Kind::Moved, *key, *to}};
  }
  return {};
}

/// The text inside of $$..$$ or '..' that a DO runs.
std::optional<std::string> body_of_block(std::string_view statement, const sql::LexRules& rules) {
  sql::Lexer lexer(statement, rules);
  sql::Token token;
  while (lexer.next_significant(token)) {
    if (token.kind != sql::TokenKind::String) continue;
    const std::string_view body = token.of(statement);
    if (body.front() != '$') return text::replace_all(std::string(body), "''", "'").substr(1);
    const std::size_t mark = body.find('$', 1) + 1;
    if (mark == 0 || body.size() < 2 * mark) return std::nullopt;
    return std::string(body.substr(mark, body.size() - 2 * mark));
  }
  return std::nullopt;
}

/// Statements stand behind BEGIN, THEN, ELSE, LOOP or a semicolon; all that matters begins with
/// CREATE, DROP or ALTER.
std::vector<std::string> statements_of_block(const std::string& body, const sql::LexRules& rules) {
  std::vector<std::string> statements(1);
  sql::Lexer lexer(body, rules);
  sql::Token token;
  while (lexer.next(token)) {
    const std::string word = text::to_upper(token.of(body));
    const bool starts = token.kind == sql::TokenKind::Word &&
                        (word == "CREATE" || word == "DROP" || word == "ALTER");
    if (starts || token.kind == sql::TokenKind::Semicolon) statements.emplace_back();
    statements.back() += token.of(body);
  }
  return statements;
}

void scan_statement(std::string_view statement, const sql::LexRules& rules,
                    std::vector<NameChange>& changes) {
  Reader reader(statement, rules);
  std::vector<NameChange> found;
  if (reader.take("CREATE")) found = created(reader);
  if (reader.take("DROP")) found = dropped(reader);
  if (reader.take("ALTER")) found = altered(reader);
  if (reader.take("DO")) {
    if (const std::optional<std::string> body = body_of_block(statement, rules)) {
      for (const std::string& inner : statements_of_block(*body, rules))
        scan_statement(inner, rules, changes);
    }
  }
  std::move(found.begin(), found.end(), std::back_inserter(changes));
}

/// Without the schema, which goes by the trigger's.
std::string_view table_of(std::string_view detail) { return detail.substr(detail.rfind('.') + 1); }

}  // namespace

std::vector<NameChange> scan_names(std::string_view sql, const sql::LexRules& rules) {
  std::vector<NameChange> changes;
  try {
    for (const sql::StatementText& statement : sql::split_statements(sql, rules))
      scan_statement(statement.text, rules, changes);
  } catch (const InputError&) {
    // Who runs it will say what is wrong with it.
  }
  return changes;
}

CreatedNames::CreatedNames(const std::string& default_schema)
    : default_schema_(text::to_lower(default_schema)) {}

ObjectKey CreatedNames::folded(const ObjectKey& key) const {
  std::string schema = text::to_lower(key.name.schema);
  if (schema == default_schema_) schema.clear();
  const std::string detail =
      key.kind == ObjectKind::Trigger ? text::to_lower(table_of(key.detail)) : std::string();
  return {key.kind, {std::move(schema), text::to_lower(key.name.name)}, detail};
}

void CreatedNames::apply(const NameChange& change, const std::string& origin) {
  ObjectKey key = folded(change.object);
  const auto found = origins_.find(key);
  if (change.kind == NameChange::Kind::Created) {
    ever_.insert(key);
    origins_.emplace(std::move(key), origin);
    return;
  }
  if (found == origins_.end()) return;
  std::string made_by = found->second;
  origins_.erase(found);
  if (change.kind == NameChange::Kind::Dropped) {
    dropped_.insert_or_assign(std::move(key), Dropped{std::move(made_by), origin});
    return;
  }
  if (change.kind == NameChange::Kind::Renamed) key.name.name = change.to;
  if (change.kind == NameChange::Kind::Moved) key.name.schema = change.to;
  key = folded(key);
  ever_.insert(key);
  // A table rebuilt by hand: what takes the place of one that the same revision dropped is that
  // one.
  const auto old = dropped_.find(key);
  if (made_by == origin && old != dropped_.end() && old->second.dropped_by == origin)
    made_by = old->second.made_by;
  origins_.emplace(std::move(key), made_by);
}

void CreatedNames::apply(const std::vector<NameChange>& changes, const std::string& origin) {
  for (const NameChange& change : changes) apply(change, origin);
}

const std::string* CreatedNames::origin_of(const ObjectKey& key) const {
  const auto found = origins_.find(folded(key));
  return found == origins_.end() ? nullptr : &found->second;
}

std::vector<std::string> CreatedNames::schemas() const {
  std::set<std::string> names;
  for (const auto& [key, origin] : origins_)
    names.insert(key.kind == ObjectKind::Schema ? key.name.name : key.name.schema);
  return {names.begin(), names.end()};
}

}  // namespace cupel::command
