// SPDX-License-Identifier: MIT
// Column names inside SQL text. See services.hpp.
#include "cupel/ops/services.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {
namespace {

/// True where a name can be no column: a function's, a type's, an alias's, a qualifier's.
bool is_other_name(const std::vector<Token>& tokens, std::size_t i) {
  if (i > 0) {
    const Token& before = tokens[i - 1];
    if (before.is("::") || before.is_word("as") || before.is_word("collate")) return true;
    if (before.is(":") && before.end == tokens[i].begin) return true;
  }
  if (i + 1 == tokens.size()) return false;
  const Token& after = tokens[i + 1];
  if (after.is(".")) return true;
  const bool is_word = tokens[i].kind == Token::Kind::Word;
  return is_word && (after.is("(") || after.kind == Token::Kind::String);
}

std::vector<std::size_t> column_places(const std::vector<Token>& tokens, const std::string& name) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].names(name) && !is_other_name(tokens, i)) places.push_back(i);
  }
  return places;
}

}  // namespace

std::string rename_in_expression(const std::string& sql, const std::string& from,
                                 const std::string& to) {
  if (sql.empty()) return sql;
  const std::vector<Token> tokens = tokenize(sql);
  return replace_names(sql, tokens, column_places(tokens, from), to);
}

bool mentions_identifier(const std::string& sql, const std::string& name) {
  return !sql.empty() && !column_places(tokenize(sql), name).empty();
}

}  // namespace cupel::ops
