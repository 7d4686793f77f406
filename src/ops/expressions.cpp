// SPDX-License-Identifier: MIT
// Column names inside SQL text. See services.hpp.
#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "model/words.hpp"
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

Mentions::Mentions(const std::string& sql, bool with_bodies) { read(sql, with_bodies); }

void Mentions::read(const std::string& sql, bool with_bodies) {
  const std::vector<Token> tokens = tokenize(sql);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.is("*")) all_ = true;
    if (token.kind == Token::Kind::String && with_bodies) {
      const std::string_view text =
          std::string_view(sql).substr(token.begin, token.end - token.begin);
      const std::size_t quote = text.front() == '$' ? text.find('$', 1) : text.find('\'');
      if (quote + 1 < text.size()) read(std::string(text.substr(quote + 1)), false);
      continue;
    }
    const bool is_name = token.kind == Token::Kind::Quoted ||
                         (token.kind == Token::Kind::Word && !model::is_reserved_word(token.text));
    if (!is_name) continue;
    const auto add = [&](Names& names) {
      if (token.quote == '"') {
        names.quoted.insert(token.text);
      } else {
        names.plain.insert(text::to_lower(token.text));
      }
    };
    const std::size_t first = i > 2 && tokens[i - 1].is(".") ? i - 2 : i;  // of a qualified name
    if (first > 0 && tokens[first - 1].is("::")) add(types_);
    if (i + 1 < tokens.size() && tokens[i + 1].is("(")) add(calls_);
    if (!is_other_name(tokens, i)) add(names_);
  }
}

std::vector<std::string> Mentions::all_names() const {
  std::vector<std::string> result;
  for (const Names* names : {&names_, &calls_}) {
    result.insert(result.end(), names->plain.begin(), names->plain.end());
    for (const std::string& it : names->quoted) result.push_back(text::to_lower(it));
  }
  return result;
}

bool Mentions::has(const Names& names, const std::string& name) {
  return names.quoted.count(name) != 0 || names.plain.count(text::to_lower(name)) != 0;
}

}  // namespace cupel::ops
