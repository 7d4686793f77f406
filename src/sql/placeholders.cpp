// SPDX-License-Identifier: MIT
// See placeholders.hpp. Test: placeholders_test.cpp.
#include "cupel/sql/placeholders.hpp"

#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"

namespace cupel::sql {
namespace {

bool is_colon(const Token& token, std::string_view sql) { return token.of(sql) == ":"; }

/// Follows brackets and values, to tell the colon of an array slice, `a[1:n]`, from a
/// placeholder's.
class SliceWatch {
 public:
  bool is_slice(const Token& token, std::string_view sql) const {
    return depth_ > 0 && behind_value_ && token.kind == TokenKind::Operator && is_colon(token, sql);
  }
  void pass(const Token& token, std::string_view sql) {
    if (!token.significant()) return;
    const std::string_view text = token.of(sql);
    if (text == "[") ++depth_;
    if (text == "]" && depth_ > 0) --depth_;
    behind_value_ = token.kind != TokenKind::Operator || text == ")" || text == "]";
  }

 private:
  int depth_ = 0;
  bool behind_value_ = false;
};

/// The name of the placeholder at tokens[i], or "" if there is none; `used` is how many tokens it
/// takes.
std::string_view placeholder_at(const std::vector<Token>& tokens, std::size_t i,
                                std::string_view sql, std::size_t& used) {
  const std::string_view text = tokens[i].of(sql);
  if (tokens[i].kind == TokenKind::Parameter && text.size() > 1 && text[0] == ':') {
    used = 1;
    return text.substr(1);
  }
  const bool colon_and_word = tokens[i].kind == TokenKind::Operator && text == ":" &&
                              i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::Word;
  if (!colon_and_word) return {};
  used = 2;
  return tokens[i + 1].of(sql);
}

}  // namespace

std::string replace_placeholders(
    std::string_view sql, const LexRules& rules,
    const std::function<std::string(std::string_view name)>& replacement) {
  const std::vector<Token> tokens = tokenize(sql, rules);
  std::string result;
  SliceWatch watch;
  for (std::size_t i = 0; i < tokens.size(); watch.pass(tokens[i], sql), ++i) {
    const std::string_view text = tokens[i].of(sql);
    if (text == "\\" && i + 1 < tokens.size() && tokens[i + 1].of(sql).starts_with(':')) {
      result += tokens[++i].of(sql);
      continue;
    }
    if (is_colon(tokens[i], sql) && i + 1 < tokens.size() &&
        tokens[i + 1].of(sql).starts_with(':')) {
      result += "::";  // a cast; a lexer that knows parameters sees `:` and `:name` here
      result += tokens[++i].of(sql).substr(1);
      continue;
    }
    std::size_t used = 0;
    const std::string_view name =
        watch.is_slice(tokens[i], sql) ? "" : placeholder_at(tokens, i, sql, used);
    if (used == 0) {
      result += text;
      continue;
    }
    result += replacement(name);
    i += used - 1;
  }
  return result;
}

BoundStatement bind_parameters(std::string_view sql, const LexRules& rules,
                               const std::vector<std::pair<std::string, Value>>& parameters,
                               const std::function<std::string(std::size_t n)>& placeholder) {
  BoundStatement bound;
  if (parameters.empty()) {
    bound.sql = sql;
    return bound;
  }
  std::vector<bool> used(parameters.size(), false);
  bound.sql = replace_placeholders(sql, rules, [&](std::string_view name) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& p) { return p.first == name; });
    if (found == parameters.end()) {
      throw UsageError(
          "the statement has ':" + std::string(name) + "', but no parameter of that name was given",
          "write '\\:' where a plain colon is meant");
    }
    used[static_cast<std::size_t>(found - parameters.begin())] = true;
    bound.values.push_back(found->second);
    return placeholder(bound.values.size());
  });
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i])
      throw UsageError("parameter '" + parameters[i].first + "' is not used by the statement", "");
  }
  return bound;
}

}  // namespace cupel::sql
