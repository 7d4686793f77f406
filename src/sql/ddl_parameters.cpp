// SPDX-License-Identifier: MIT
// `:name` placeholders, written out as literals.
#include <algorithm>
#include <set>

#include "cupel/base/text.hpp"
#include "cupel/sql/ddl_writer.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::sql {
namespace {

/// Nothing but ':' before a name is a parameter here; '?' and '$1' belong to the SQL.
LexRules placeholder_rules(const LexRules& rules) {
  LexRules result = rules;
  result.parameter_marks = ":";
  return result;
}

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Inliner {
 public:
  Inliner(const DdlWriter& writer, const ops::ExecuteSql& operation)
      : writer_(writer), operation_(operation), rules_(placeholder_rules(writer.lex_rules())) {}

  std::string run() {
    std::string result;
    const std::vector<Token> tokens = tokenize(operation_.sql, rules_);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::string_view piece = tokens[i].of(operation_.sql);
      if (is_placeholder(tokens, i)) {
        result += literal_of(piece.substr(1));
      } else if (piece == "\\" && i + 1 < tokens.size() && begins_with_colon(tokens[i + 1])) {
        continue;
      } else {
        result += text::replace_all(std::string(piece), "\\:", ":");
      }
    }
    check_all_used();
    return result;
  }

 private:
  bool begins_with_colon(const Token& token) const {
    return token.of(operation_.sql).substr(0, 1) == ":";
  }

  bool is_placeholder(const std::vector<Token>& tokens, std::size_t i) const {
    if (tokens[i].kind != TokenKind::Parameter) return false;
    const std::string_view piece = tokens[i].of(operation_.sql);
    if (piece.size() < 2 || !is_name_start(piece[1])) return false;
    if (i == 0) return true;
    const TokenKind before = tokens[i - 1].kind;
    const std::string_view text_before = tokens[i - 1].of(operation_.sql);
    return text_before != ":" && text_before != "\\" && before != TokenKind::Word &&
           before != TokenKind::Number;
  }

  std::string literal_of(std::string_view name) {
    for (const auto& [known, value] : operation_.parameters) {
      if (known == name) {
        used_.insert(known);
        return writer_.literal_text(value);
      }
    }
    throw UsageError("the placeholder ':" + std::string(name) + "' has no value",
                     "give {\"" + std::string(name) + "\", value}, or write '\\:' for a colon");
  }

  void check_all_used() const {
    for (const auto& [name, value] : operation_.parameters) {
      if (used_.count(name) == 0) {
        throw UsageError("the value '" + name + "' has no placeholder ':" + name + "' in the SQL");
      }
    }
  }

  const DdlWriter& writer_;
  const ops::ExecuteSql& operation_;
  const LexRules rules_;
  std::set<std::string> used_;
};

}  // namespace

std::string inline_parameters(const DdlWriter& writer, const ops::ExecuteSql& operation) {
  if (operation.parameters.empty() && operation.sql.find(':') == std::string::npos) {
    return operation.sql;
  }
  return Inliner(writer, operation).run();
}

}  // namespace cupel::sql
