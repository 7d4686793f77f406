// SPDX-License-Identifier: MIT
// Statements as SQLite's compiler understands them. See reader.hpp.
#include "dialect/sqlite/lint/reader.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/sql/splitter.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/lint/alter_reader.hpp"

namespace cupel::dialect::sqlite {
namespace {

using lint::Effect;
using lint::Other;
using model::ObjectName;
using Tokens = sql::StatementTokens;

template <typename List>
auto* find_ignoring_case(const List& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& it) {
    return it.name.schema.empty() && text::equals_ignore_case(it.name.name, name);
  });
  return found == list.end() ? nullptr : &*found;
}

bool is_temporary(const Action& action) { return action.database == "temp"; }

/// The name as the schema spells it.
ObjectName name_of(const Action& action, const std::string& name, const model::Schema& before) {
  if (is_temporary(action)) return {"temp", name};
  if (const auto* table = find_ignoring_case(before.tables, name)) return table->name;
  if (const auto* view = find_ignoring_case(before.views, name)) return view->name;
  return name;
}

std::string plain(std::string_view token) {
  const bool quoted =
      !token.empty() && (token[0] == '\'' || token[0] == '"' || token[0] == '`' || token[0] == '[');
  return quoted && token.size() > 1 ? unquoted(token) : std::string(token);
}

std::string first_word(const Tokens& tokens) { return text::to_upper(tokens.text(0)); }

std::string after(const Tokens& tokens, std::size_t i) {
  return std::string(tokens.between(i, tokens.find(i, tokens.size(), {";"})));
}

}  // namespace

lint::Step StatementReader::read(std::string_view statement, const model::Schema& before) {
  lint::Step step;
  step.sql = statement;
  step.in_transaction = !runs_outside_transaction(statement);
  const Tokens tokens(step.sql, lex_rules());
  const Reading reading{step.sql, tokens, before, step.effects};
  if (tokens.size() == 0) return step;
  try {
    if (!read_command(reading)) read_compiled(reading);
  } catch (const Error& error) {
    step.effects = {lint::NotUnderstood{error.message()}};
  }
  return step;
}

bool StatementReader::read_command(const Reading& reading) {
  const Tokens& tokens = reading.tokens;
  const std::string word = first_word(tokens);
  std::vector<Effect>& effects = reading.effects;
  if (sql::is_transaction_control(reading.sql, lex_rules())) {
    effects.emplace_back(lint::ControlTransaction{word});
    return true;
  }
  if (word == "PRAGMA") return read_pragma(reading);
  static constexpr std::array<std::string_view, 7> kOthers{"ANALYZE", "ATTACH", "DETACH", "EXPLAIN",
                                                           "REINDEX", "VACUUM", "VALUES"};
  if (std::find(kOthers.begin(), kOthers.end(), word) == kOthers.end()) return false;
  Other other{text::to_lower(word), {}, after(tokens, 1), false};
  if (word == "ANALYZE" || word == "REINDEX") other.object = plain(tokens.text(1));
  effects.emplace_back(std::move(other));
  return true;
}

bool StatementReader::read_pragma(const Reading& reading) {
  const Tokens& tokens = reading.tokens;
  const std::size_t at = tokens.is(2, ".") ? 3 : 1;
  const std::string name = text::to_lower(plain(tokens.text(at)));
  if (!tokens.is(at + 1, "=") && !tokens.is(at + 1, "(")) {
    reading.effects.emplace_back(Other{"pragma", {}, name, false});
    return true;
  }
  const std::string value = text::to_lower(plain(tokens.text(at + 2)));
  if (name == "legacy_alter_table") replay_.set_legacy_alter_table(is_switched_on(value));
  reading.effects.emplace_back(lint::SetVariable{name, value, false});
  return true;
}

void StatementReader::read_compiled(const Reading& reading) {
  replay_.bring(names_in(reading.sql), reading.before);
  Compiled compiled = replay_.compile(reading.sql);
  if (!compiled.error.empty()) {
    if (read_refused(reading, compiled.error)) return;
    // The wording of a syntax error; everything else may be missing from the replayed schema.
    if (compiled.error.find("syntax error") == std::string::npos &&
        compiled.error.find("incomplete input") == std::string::npos) {
      replay_.bring_all(reading.before);
      compiled = replay_.compile(reading.sql);
    }
  }
  if (!compiled.error.empty()) {
    reading.effects.emplace_back(lint::NotUnderstood{compiled.error});
    return;
  }
  read_actions(reading, compiled);
  if (!compiled.string_in_quotes.empty())
    reading.effects.emplace_back(Other{kStringInQuotes, {}, compiled.string_in_quotes, false});
}

void StatementReader::read_actions(const Reading& reading, const Compiled& compiled) {
  for (const Action& action : compiled.actions) {
    if (is_temporary(action) || action.kind == Action::Kind::CreateVirtualTable) replay_.keep();
    if (read_schema_change(reading, action)) return;
  }
  if (first_word(reading.tokens) == "SELECT") {
    reading.effects.emplace_back(Other{"select", {}, {}, false});
    return;
  }
  if (read_without_actions(reading)) return;
  read_rows(reading, compiled);
}

bool StatementReader::run(const Reading& reading) {
  std::string error = replay_.run(reading.sql);
  if (error.empty()) return true;
  replay_.bring_all(reading.before);
  error = replay_.run(reading.sql);
  if (error.empty()) return true;
  if (!read_refused(reading, error)) reading.effects.emplace_back(lint::NotUnderstood{error});
  return false;
}

bool StatementReader::read_schema_change(const Reading& reading, const Action& action) {
  using Kind = Action::Kind;
  switch (action.kind) {
    case Kind::CreateTable:
      read_create_table(reading, action);
      return true;
    case Kind::CreateIndex:
      read_create_index(reading, action);
      return true;
    case Kind::CreateView:
      read_create_view(reading);
      return true;
    case Kind::CreateTrigger:
      read_create_trigger(reading, action);
      return true;
    case Kind::CreateVirtualTable:
      if (run(reading))
        reading.effects.emplace_back(Other{"create virtual table", action.name, action.detail});
      return true;
    case Kind::DropTable:
    case Kind::DropIndex:
    case Kind::DropView:
    case Kind::DropTrigger:
    case Kind::DropVirtualTable:
      if (run(reading)) read_drop(reading, action);
      return true;
    case Kind::AlterTable:
      read_alter_table(reading, action);
      return true;
    default:
      return false;
  }
}

// What is made

void StatementReader::read_create_table(const Reading& reading, const Action& action) {
  const Tokens& tokens = reading.tokens;
  const std::size_t begin = tokens.find(0, std::min<std::size_t>(tokens.size(), 4), {"TABLE"});
  const bool conditional = tokens.are(begin + 1, {"IF", "NOT", "EXISTS"});
  const model::Table* known =
      is_temporary(action) ? nullptr : find_ignoring_case(reading.before.tables, action.name);
  if (conditional && known != nullptr) {
    reading.effects.emplace_back(ops::Operation(ops::CreateTable{*known, true}));
    return;
  }
  if (!run(reading)) return;
  std::optional<model::Table> made = replay_.table(action.name, is_temporary(action));
  if (!made) {
    reading.effects.emplace_back(lint::NotUnderstood{"its definition cannot be read"});
    return;
  }
  reading.effects.emplace_back(ops::Operation(ops::CreateTable{std::move(*made), conditional}));
}

void StatementReader::read_create_index(const Reading& reading, const Action& action) {
  const bool conditional =
      reading.tokens.find(0, std::min<std::size_t>(reading.tokens.size(), 6), {"EXISTS"}) <
      std::min<std::size_t>(reading.tokens.size(), 6);
  const model::Table* table = find_ignoring_case(reading.before.tables, action.detail);
  if (table != nullptr && conditional) {
    for (const model::Index& index : table->indexes) {
      if (!text::equals_ignore_case(index.name, action.name)) continue;
      reading.effects.emplace_back(ops::Operation(ops::CreateIndex{table->name, index, true}));
      return;
    }
  }
  if (!run(reading)) return;
  const std::string definition = replay_.definition(action.name, is_temporary(action));
  std::optional<model::Table> own;
  if (table == nullptr) {
    own = replay_.table(action.detail, is_temporary(action));
    if (own) table = &*own;
  }
  if (table == nullptr || definition.empty()) {
    reading.effects.emplace_back(Other{"create index", action.detail, action.name, false});
    return;
  }
  reading.effects.emplace_back(ops::Operation(
      ops::CreateIndex{table->name, parse_create_index(definition, *table), conditional}));
}

void StatementReader::read_create_view(const Reading& reading) {
  model::View view = parse_create_view(reading.sql);
  const bool conditional = reading.tokens.is(2, "IF") || reading.tokens.is(3, "IF");
  const bool temporary = reading.tokens.is(1, "TEMP") || reading.tokens.is(1, "TEMPORARY");
  if (temporary) view.name.schema = "temp";
  if (!temporary && conditional && find_ignoring_case(reading.before.views, view.name.name)) return;
  if (!run(reading)) return;
  while (!view.definition.empty() && view.definition.back() == ';') view.definition.pop_back();
  ops::CreateView create;
  create.view = std::move(view);
  create.if_not_exists = conditional;
  reading.effects.emplace_back(ops::Operation(std::move(create)));
}

void StatementReader::read_create_trigger(const Reading& reading, const Action& action) {
  if (!run(reading)) return;
  const std::string definition = replay_.definition(action.name, is_temporary(action));
  if (definition.empty()) return;  // IF NOT EXISTS
  reading.effects.emplace_back(ops::Operation(
      ops::CreateTrigger{{action.name, name_of(action, action.detail, reading.before),
                          trigger_definition(definition, is_temporary(action) ? "temp" : "")}}));
}

// What goes

void StatementReader::read_drop(const Reading& reading, const Action& action) {
  using Kind = Action::Kind;
  const bool conditional = reading.tokens.are(2, {"IF", "EXISTS"});
  const ObjectName name = name_of(action, action.name, reading.before);
  std::vector<Effect>& effects = reading.effects;
  if (action.kind == Kind::DropTable) {
    ops::DropTable drop{name, conditional};
    if (const model::Table* table = reading.before.find_table(name)) drop.was = *table;
    effects.emplace_back(ops::Operation(std::move(drop)));
  } else if (action.kind == Kind::DropIndex) {
    ops::DropIndex drop{.name = action.name,
                        .table = name_of(action, action.detail, reading.before),
                        .if_exists = conditional};
    if (const model::Table* table = reading.before.find_table(drop.table))
      if (const model::Index* index = table->find_index(drop.name)) drop.was = *index;
    effects.emplace_back(ops::Operation(std::move(drop)));
  } else if (action.kind == Kind::DropView) {
    ops::DropView drop{.name = name, .if_exists = conditional};
    if (const model::View* view = reading.before.find_view(name)) drop.was = *view;
    effects.emplace_back(ops::Operation(std::move(drop)));
  } else if (action.kind == Kind::DropTrigger) {
    effects.emplace_back(
        ops::Operation(ops::DropTrigger{.name = action.name,
                                        .table = name_of(action, action.detail, reading.before),
                                        .if_exists = conditional}));
  } else {
    effects.emplace_back(Other{"drop virtual table", name, {}, false});
  }
}

bool StatementReader::read_without_actions(const Reading& reading) {
  const Tokens& tokens = reading.tokens;
  const std::string word = first_word(tokens);
  if (word == "DROP") {
    const std::string name = plain(tokens.text(tokens.is(5, ".") ? 6 : 4));
    if (tokens.is(1, "TABLE"))
      reading.effects.emplace_back(ops::Operation(ops::DropTable{name, true}));
    else
      reading.effects.emplace_back(Other{"drop of what does not exist", name, {}});
    return true;
  }
  // CREATE VIEW or TRIGGER IF NOT EXISTS of what is there.
  return word == "CREATE";
}

void StatementReader::read_alter_table(const Reading& reading, const Action& action) {
  const ObjectName name = name_of(action, action.name, reading.before);
  const std::optional<model::Table> before = replay_.table(action.name, is_temporary(action));
  if (!before || !run(reading)) {
    if (reading.effects.empty())
      reading.effects.emplace_back(lint::NotUnderstood{"no such table: " + action.name});
    return;
  }
  if (const std::optional<std::string> to = new_table_name(reading.tokens)) {
    reading.effects.emplace_back(ops::Operation(ops::RenameTable{name, *to}));
    return;
  }
  const std::optional<model::Table> after = replay_.table(action.name, is_temporary(action));
  std::vector<ops::Operation> changes;
  if (after) changes = alterations(name, *before, *after);
  if (changes.empty()) {
    reading.effects.emplace_back(Other{"alter table", name, {}, false});
    return;
  }
  for (ops::Operation& change : changes) reading.effects.emplace_back(std::move(change));
}

bool StatementReader::read_refused(const Reading& reading, const std::string& error) {
  // Nothing that could be missing from what was replayed.
  for (const char* words : {"values were supplied", "values for ", "duplicate column name"}) {
    if (error.find(words) == std::string::npos) continue;
    reading.effects.emplace_back(Other{kRefused, {}, error, false});
    return true;
  }
  return read_refused_alter(reading.tokens, reading.before, error, reading.effects);
}

// Rows

namespace {

/// The word that says what a statement does, behind WITH ... if there is one.
std::size_t verb_at(const Tokens& tokens) {
  return tokens.find(0, tokens.size(), {"INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT"});
}

lint::ChangeRows insertion(const Tokens& tokens, std::size_t verb) {
  lint::ChangeRows change;
  const std::size_t into = tokens.find(verb, tokens.size(), {"INTO"});
  change.has_conflict_clause = tokens.is(verb, "REPLACE") || tokens.is(verb + 1, "OR") ||
                               tokens.find(into, tokens.size(), {"CONFLICT"}) < tokens.size();
  sql::TokenReader reader(tokens, into + 1);
  reader.take_name();
  if (reader.take("AS")) reader.take_name();
  change.has_columns = reader.is("(");
  if (reader.take("(")) {
    while (const std::optional<sql::NameText> column = reader.take_name()) {
      change.columns.push_back(column->last);
      if (!reader.take(",")) break;
    }
    reader.take(")");
  }
  // Outside of brackets: not a value that is a subquery.
  change.from_query = tokens.find(reader.at(), tokens.size(), {"SELECT", "WITH"}) < tokens.size() ||
                      tokens.is(reader.at(), "(");
  return change;
}

}  // namespace

void StatementReader::read_rows(const Reading& reading, const Compiled& compiled) {
  using Verb = lint::ChangeRows::Verb;
  const Tokens& tokens = reading.tokens;
  const std::size_t verb = verb_at(tokens);
  if (verb >= tokens.size() || tokens.is(verb, "SELECT")) {
    reading.effects.emplace_back(Other{"select", {}, {}, false});
    return;
  }
  lint::ChangeRows change;
  Action::Kind kind = Action::Kind::Insert;
  if (tokens.is(verb, "INSERT") || tokens.is(verb, "REPLACE")) {
    change = insertion(tokens, verb);
  } else {
    const bool updates = tokens.is(verb, "UPDATE");
    change.verb = updates ? Verb::Update : Verb::Delete;
    kind = updates ? Action::Kind::Update : Action::Kind::Delete;
    change.has_where = tokens.find(verb, tokens.size(), {"WHERE", "LIMIT"}) < tokens.size();
    change.from_query = updates && tokens.find(verb, tokens.size(), {"FROM"}) < tokens.size();
  }
  for (const Action& action : compiled.actions) {
    if (action.kind != kind) continue;
    if (change.table.name.empty()) change.table = name_of(action, action.name, reading.before);
    if (kind == Action::Kind::Update && !action.detail.empty())
      change.columns.push_back(action.detail);
  }
  if (change.table.name.empty()) {
    reading.effects.emplace_back(Other{"virtual table", {}, {}, false});
    return;
  }
  change.by_key =
      change.has_where && replay_.goes_by_key(reading.sql, reading.before.find_table(change.table));
  reading.effects.emplace_back(std::move(change));
}

}  // namespace cupel::dialect::sqlite
