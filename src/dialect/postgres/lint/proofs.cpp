// SPDX-License-Identifier: MIT
// What a schema and an expression prove about the work that a change needs. See impact.hpp.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/impact.hpp"
#include "dialect/postgres/sql_tokens.hpp"

namespace cupel::dialect::postgres {

bool has_not_null_proof(const model::Table& table, const std::string& column) {
  const std::string proof = quote_identifier(column) + " IS NOT NULL";
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& it) {
    const auto* check = std::get_if<model::CheckConstraint>(&it);
    return check != nullptr && !check->not_valid && !check->no_inherit &&
           is_same_expression(check->expression, proof);
  });
}

namespace {

/// Volatile by the catalogue of version 15, of those that people give columns as defaults.
constexpr std::array<std::string_view, 13> kVolatile{"clock_timestamp",
                                                     "currval",
                                                     "gen_random_bytes",
                                                     "gen_random_uuid",
                                                     "lastval",
                                                     "nextval",
                                                     "random",
                                                     "setval",
                                                     "timeofday",
                                                     "uuid_generate_v1",
                                                     "uuid_generate_v1mc",
                                                     "uuid_generate_v4",
                                                     "uuidv7"};

/// Immutable or stable: one value does for every row.
constexpr std::array<std::string_view, 52> kSteady{"abs",
                                                   "array",
                                                   "cast",
                                                   "ceil",
                                                   "char_length",
                                                   "coalesce",
                                                   "concat",
                                                   "current_catalog",
                                                   "current_database",
                                                   "current_date",
                                                   "current_role",
                                                   "current_schema",
                                                   "current_setting",
                                                   "current_time",
                                                   "current_timestamp",
                                                   "current_user",
                                                   "date",
                                                   "date_part",
                                                   "date_trunc",
                                                   "decode",
                                                   "encode",
                                                   "extract",
                                                   "floor",
                                                   "format",
                                                   "greatest",
                                                   "int4range",
                                                   "json_build_array",
                                                   "json_build_object",
                                                   "jsonb_build_array",
                                                   "jsonb_build_object",
                                                   "least",
                                                   "left",
                                                   "length",
                                                   "localtime",
                                                   "localtimestamp",
                                                   "lower",
                                                   "make_date",
                                                   "make_interval",
                                                   "md5",
                                                   "now",
                                                   "nullif",
                                                   "numeric",
                                                   "replace",
                                                   "round",
                                                   "session_user",
                                                   "statement_timestamp",
                                                   "timezone",
                                                   "to_char",
                                                   "to_timestamp",
                                                   "transaction_timestamp",
                                                   "trunc",
                                                   "upper"};

template <typename List>
bool contains(const List& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// What stands before a parenthesis and is no function: types with a length, words of SQL.
bool is_word_of_sql(const std::string& word) {
  static constexpr std::array<std::string_view, 27> kWords{
      "and",     "any",  "array",  "as",   "bit",  "bpchar",    "case",   "char",    "character",
      "decimal", "else", "float",  "from", "in",   "interval",  "nchar",  "not",     "numeric",
      "or",      "row",  "select", "then", "time", "timestamp", "varbit", "varchar", "varying"};
  return contains(kWords, word);
}

}  // namespace

std::optional<bool> is_volatile(const model::Expression& expression, std::string* unknown) {
  if (expression.kind != model::ExpressionKind::Sql) return false;
  const std::vector<SqlToken> tokens = sql_tokens(expression.text);
  std::string stranger;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool is_call =
        (tokens[i].kind == SqlToken::Kind::Word || tokens[i].kind == SqlToken::Kind::Name) &&
        tokens[i + 1].is("(");
    if (!is_call) continue;
    const std::string& name = tokens[i].text;
    if (contains(kVolatile, name)) return true;
    const bool is_type = i > 0 && tokens[i - 1].is("::");
    if (!is_type && !contains(kSteady, name) && !is_word_of_sql(name) && stranger.empty())
      stranger = name;
  }
  if (stranger.empty()) return false;
  if (unknown != nullptr) *unknown = stranger;
  return std::nullopt;
}

bool is_constrained_domain(const model::Type& type, const model::Schema& schema) {
  const model::Type& base = type.element.empty() ? type : type.element.front();
  if (base.kind != model::TypeKind::Named) return false;
  std::string schema_name = base.schema == "public" ? "" : base.schema;
  for (const model::Domain& it : schema.domains) {
    if (it.name != model::ObjectName(schema_name, base.name)) continue;
    const std::string words = text::to_lower(it.definition);
    return words.find("check") != std::string::npos || words.find("not null") != std::string::npos;
  }
  return false;
}

}  // namespace cupel::dialect::postgres
