// SPDX-License-Identifier: MIT
// See diff_rules.hpp. SQLite keeps texts as they were written, so there is nobody to ask how it
// would write them: expressions are compared token by token.
#include "dialect/sqlite/diff_rules.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/types.hpp"

namespace cupel::dialect::sqlite {
namespace {

using diff::TypeChange;
using model::ObjectName;
using model::Schema;
using model::Type;

/// A name as it is compared: without quotes that it does not need, in lower case, since SQLite's
/// names have none.
std::string name_form(std::string_view written) {
  const std::string name = unquoted(written);
  return sql::needs_quoting(name, reserved_words()) ? sql::quote_always(text::to_lower(name))
                                                    : text::to_lower(name);
}

std::string token_text(const sql::Token& token, std::string_view sql) {
  const std::string_view written = token.of(sql);
  switch (token.kind) {
    case sql::TokenKind::QuotedIdentifier:
      return name_form(written);
    case sql::TokenKind::Word:
    case sql::TokenKind::Number:
      return text::to_lower(written);
    default:
      return std::string(written);
  }
}

/// The lexer gives operators character by character.
bool continues_operator(std::string_view sql, std::size_t offset) {
  static constexpr std::array<std::string_view, 9> kPairs{
      "==", "<>", "!=", "<=", ">=", "||", "<<", ">>", "->"};
  return offset > 0 &&
         std::find(kPairs.begin(), kPairs.end(), sql.substr(offset - 1, 2)) != kPairs.end();
}

std::vector<std::string> token_texts(std::string_view sql) {
  std::vector<std::string> texts;
  sql::Lexer lexer(sql, lex_rules());
  for (sql::Token token; lexer.next_significant(token);) {
    const bool more =
        token.kind == sql::TokenKind::Operator && continues_operator(sql, token.offset);
    if (more) {
      texts.back() += token_text(token, sql);
    } else {
      texts.push_back(token_text(token, sql));
    }
  }
  while (!texts.empty() && texts.back() == ";") texts.pop_back();
  return texts;
}

/// True if the first parenthesis is closed by the last token.
bool is_enclosed(const std::vector<std::string>& tokens) {
  if (tokens.size() < 2 || tokens.front() != "(" || tokens.back() != ")") return false;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "(") ++depth;
    if (tokens[i] == ")" && --depth == 0) return i + 1 == tokens.size();
  }
  return false;
}

/// In one spelling: == is =, <> is !=, and no parentheses around all of it.
std::string form_of(std::string_view sql) {
  std::vector<std::string> tokens = token_texts(sql);
  while (is_enclosed(tokens)) tokens = {tokens.begin() + 1, tokens.end() - 1};
  std::string form;
  for (std::string& token : tokens) {
    if (token == "==") token = "=";
    if (token == "<>") token = "!=";
    form += (form.empty() ? "" : " ") + token;
  }
  return form;
}

Affinity affinity_of(const Type& type) { return affinity(declared_type(type)); }

bool is_number(Affinity affinity) {
  return affinity == Affinity::Integer || affinity == Affinity::Real ||
         affinity == Affinity::Numeric;
}

model::View stored_view(model::View view) {
  view.materialized = false;
  view.with.clear();
  view.indexes.clear();
  view.comment.clear();
  const std::string sql = writer().write(ops::CreateView{view}).front().sql;
  return parse_create_view(sql, view.name.schema);
}

/// "main" is the default schema under its other name.
ObjectName in_own_schema(ObjectName name) {
  if (name.schema == "main") name.schema.clear();
  return name;
}

/// As SQLite keeps it: without TEMP, IF NOT EXISTS and the last semicolon.
model::Trigger stored_trigger(model::Trigger trigger) {
  trigger.table = in_own_schema(trigger.table);
  std::string_view sql = text::trim(trigger.definition);
  while (sql.ends_with(';')) sql = text::trim(sql.substr(0, sql.size() - 1));
  trigger.definition = trigger_definition(sql, trigger.table.schema);
  return trigger;
}

/// What SQLite has not is left out, as the writer leaves it out.
class SqliteDiffRules final : public diff::DiffRules {
 public:
  ObjectName stored_name(const ObjectName& name) const override { return in_own_schema(name); }

  model::Table stored_table(model::Table table, const Schema&) const override {
    table.name = in_own_schema(table.name);
    return as_stored(table);
  }

  Schema stored_objects(const Schema& whole) const override {
    Schema result;
    result.schemas = whole.schemas;
    std::erase(result.schemas, "main");
    for (model::View view : whole.views) {
      view.name = in_own_schema(view.name);
      result.views.push_back(stored_view(std::move(view)));
    }
    for (const model::Trigger& trigger : whole.triggers)
      result.triggers.push_back(stored_trigger(trigger));
    return result;
  }

  bool same_type(const Type& a, const Type& b) const override {
    return text::equals_ignore_case(declared_type(a), declared_type(b)) &&
           text::equals_ignore_case(collation_of(a), collation_of(b));
  }
  bool same_expression(const std::string& a, const std::string& b) const override {
    return a == b || form_of(a) == form_of(b);
  }
  /// Nothing is ever cut here: VARCHAR(3) takes any length. What the new affinity makes of a value
  /// is another matter: '007' becomes 7.
  TypeChange judge(const Type& from, const Type& to) const override {
    if (same_type(from, to)) return TypeChange::Same;
    const Affinity was = affinity_of(from);
    const Affinity becomes = affinity_of(to);
    if (was != becomes && (was == Affinity::Blob || becomes == Affinity::Blob))
      return TypeChange::Convert;
    return was == Affinity::Text && is_number(becomes) ? TypeChange::Lossy : TypeChange::Widening;
  }
  bool can_alter_computed(const std::optional<model::Computed>&,
                          const std::optional<model::Computed>&) const override {
    return true;
  }
  bool numbers_rows(const model::Table&, const model::Column&) const override { return false; }
  bool has_comments() const override { return false; }
  /// A schema is a file that somebody attaches.
  bool has_schemas() const override { return false; }
  bool has_own_enums() const override { return false; }
  bool groups_table_changes() const override { return true; }
  bool foreign_keys_need_tables() const override { return false; }
  /// A rebuild leaves views and triggers alone.
  bool dependents_block_changes() const override { return false; }

 private:
  static std::string collation_of(const Type& type) {
    const std::string& name = type.on("sqlite").collation;
    return text::equals_ignore_case(name, "BINARY") ? std::string() : name;
  }
};

}  // namespace

const diff::DiffRules& diff_rules() {
  static const SqliteDiffRules kRules;
  return kRules;
}

}  // namespace cupel::dialect::sqlite
