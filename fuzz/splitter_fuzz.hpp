// SPDX-License-Identifier: MIT
// The laws of the splitter, for the rules of any database.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Tokens cover the text without a gap and are never empty.
inline void check_tokens(std::string_view text, const sql::LexRules& rules) {
  std::size_t at = 0;
  for (const sql::Token& token : sql::tokenize(text, rules)) {
    require(token.offset == at && token.length > 0);
    at += token.length;
  }
  require(at == text.size());
}

inline std::string joined(const std::vector<sql::StatementText>& statements) {
  std::string text;
  for (const sql::StatementText& statement : statements) text += statement.text + ";\n";
  return text;
}

/// Statements stand in the text in order; what is between them is layout and semicolons; joined
/// they split into the same again.
inline std::vector<sql::StatementText> check_statements(std::string_view text,
                                                        const sql::LexRules& rules) {
  const std::vector<sql::StatementText> statements = sql::split_statements(text, rules);
  std::size_t at = 0;
  for (const sql::StatementText& statement : statements) {
    require(statement.offset >= at);
    require(text.substr(statement.offset, statement.text.size()) == statement.text);
    require(sql::significant_texts(text.substr(at, statement.offset - at), 1, rules).empty() ||
            text.substr(at, statement.offset - at).find(';') != std::string_view::npos);
    require(!sql::significant_texts(statement.text, 1, rules).empty());
    at = statement.offset + statement.text.size();
    sql::leading_words(statement.text, 3, rules);
    sql::is_transaction_control(statement.text, rules);
  }
  const std::vector<sql::StatementText> again = sql::split_statements(joined(statements), rules);
  require(again.size() == statements.size());
  for (std::size_t i = 0; i < again.size(); ++i) require(again[i].text == statements[i].text);
  const std::string content = sql::without_layout(text, rules);
  require(sql::without_layout(content, rules) == content);
  return statements;
}

}  // namespace cupel::fuzz
