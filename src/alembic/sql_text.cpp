// SPDX-License-Identifier: MIT
// See sql_text.hpp.
#include "alembic/sql_text.hpp"

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "cupel/sql/placeholders.hpp"
#include "cupel/sql/splitter.hpp"
#include "sql/savepoint.hpp"

namespace cupel::alembic {
namespace {

/// Strings, quoted names and comments with their escaped colons made plain.
std::string unescape_quoted(std::string_view sql, const sql::LexRules& rules) {
  if (sql.find("\\:") == std::string_view::npos) return std::string(sql);
  std::string result;
  for (const sql::Token& token : sql::tokenize(sql, rules)) {
    const bool quoted = token.kind == sql::TokenKind::String ||
                        token.kind == sql::TokenKind::QuotedIdentifier ||
                        token.kind == sql::TokenKind::Comment;
    const std::string text(token.of(sql));
    result += quoted ? text::replace_all(text, "\\:", ":") : text;
  }
  return result;
}

}  // namespace

std::string fill_text(std::string_view sql, const sql::LexRules& rules,
                      const std::function<std::string(std::string_view name)>& parameter) {
  return sql::replace_placeholders(unescape_quoted(sql, rules), rules, parameter);
}

std::vector<std::string> text_parts(std::string_view sql, const sql::LexRules& rules) {
  if (sql.find('\0') != std::string_view::npos) throw UsageError("a statement contains a NUL byte");
  const std::string marked = fill_text(sql, rules, [](std::string_view name) {
    return std::string(1, '\0') + std::string(name) + std::string(1, '\0');
  });
  return text::split(marked, '\0');
}

StatementKind kind_of(std::string_view statement, const sql::LexRules& rules) {
  const std::vector<std::string> words = sql::leading_words(statement, 3, rules);
  if (words.empty())
    return statement.starts_with('(') ? StatementKind::Reads : StatementKind::Other;
  const std::string& word = words.front();
  for (const std::string_view reads : {"SELECT", "VALUES", "SHOW", "EXPLAIN", "PRAGMA", "TABLE"})
    if (word == reads) return StatementKind::Reads;
  for (const std::string_view changes : {"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH"})
    if (word == changes) return StatementKind::Changes;
  const bool own = word == "COMMIT" || word == "BEGIN" || word == "END" ||
                   (words.size() > 1 && word == "START" && words[1] == "TRANSACTION");
  if (own) return StatementKind::Transaction;
  if ((word == "ROLLBACK" || word == "ABORT") && !sql::is_savepoint(statement, rules))
    return StatementKind::Transaction;
  if (word == "SAVEPOINT" || word == "RELEASE" || word == "ROLLBACK") return StatementKind::Reads;
  return StatementKind::Other;
}

}  // namespace cupel::alembic
