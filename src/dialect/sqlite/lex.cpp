// SPDX-License-Identifier: MIT
// SQLite's quoting, reserved words, and statements that mind transactions. See lex.hpp.
// https://www.sqlite.org/lang_keywords.html https://www.sqlite.org/c3ref/complete.html
#include "dialect/sqlite/lex.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "cupel/sql/quote.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::dialect::sqlite {
namespace {

// What SQLAlchemy quotes, and the two words beyond that which the parser takes for nothing else.
constexpr std::array<std::string_view, 119> kReserved{"add",          "after",
                                                      "all",          "alter",
                                                      "analyze",      "and",
                                                      "as",           "asc",
                                                      "attach",       "autoincrement",
                                                      "before",       "begin",
                                                      "between",      "by",
                                                      "cascade",      "case",
                                                      "cast",         "check",
                                                      "collate",      "column",
                                                      "commit",       "conflict",
                                                      "constraint",   "create",
                                                      "cross",        "current_date",
                                                      "current_time", "current_timestamp",
                                                      "database",     "default",
                                                      "deferrable",   "deferred",
                                                      "delete",       "desc",
                                                      "detach",       "distinct",
                                                      "drop",         "each",
                                                      "else",         "end",
                                                      "escape",       "except",
                                                      "exclusive",    "exists",
                                                      "explain",      "fail",
                                                      "false",        "for",
                                                      "foreign",      "from",
                                                      "full",         "glob",
                                                      "group",        "having",
                                                      "if",           "ignore",
                                                      "immediate",    "in",
                                                      "index",        "indexed",
                                                      "initially",    "inner",
                                                      "insert",       "instead",
                                                      "intersect",    "into",
                                                      "is",           "isnull",
                                                      "join",         "key",
                                                      "left",         "like",
                                                      "limit",        "match",
                                                      "natural",      "not",
                                                      "nothing",      "notnull",
                                                      "null",         "of",
                                                      "offset",       "on",
                                                      "or",           "order",
                                                      "outer",        "plan",
                                                      "pragma",       "primary",
                                                      "query",        "raise",
                                                      "references",   "reindex",
                                                      "rename",       "replace",
                                                      "restrict",     "returning",
                                                      "right",        "rollback",
                                                      "row",          "select",
                                                      "set",          "table",
                                                      "temp",         "temporary",
                                                      "then",         "to",
                                                      "transaction",  "trigger",
                                                      "true",         "union",
                                                      "unique",       "update",
                                                      "using",        "vacuum",
                                                      "values",       "view",
                                                      "virtual",      "when",
                                                      "where"};

/// Pragmas that a transaction refuses, or in which they do nothing.
constexpr std::array<std::string_view, 5> kPragmas{"FOREIGN_KEYS", "JOURNAL_MODE", "SYNCHRONOUS",
                                                   "TEMP_STORE", "WAL_CHECKPOINT"};

bool pragma_outside(std::string_view statement) {
  const std::vector<std::string> words = sql::significant_texts(statement, 4, lex_rules());
  const std::size_t name = words.size() > 3 && words[2] == "." ? 3 : 1;
  return words.size() > name &&
         std::find(kPragmas.begin(), kPragmas.end(), words[name]) != kPragmas.end();
}

}  // namespace

const sql::LexRules& lex_rules() {
  static constexpr sql::LexRules kRules{
      .prefixed_strings = true,
      .backtick_identifiers = true,
      .bracket_identifiers = true,
      .dollar_in_words = true,
      .parameter_marks = "?:@$#",
      .trigger_bodies = true,
      .dot_commands = true,
  };
  return kRules;
}

std::span<const std::string_view> reserved_words() { return kReserved; }
std::string quote_identifier(std::string_view name) {
  return sql::quote_identifier(name, kReserved);
}

bool runs_outside_transaction(std::string_view statement) {
  const std::vector<std::string> first = sql::leading_words(statement, 1, lex_rules());
  if (first.empty()) return false;
  if (first[0] == "PRAGMA") return pragma_outside(statement);
  return first[0] == "VACUUM" || first[0] == "ATTACH" || first[0] == "DETACH";
}

}  // namespace cupel::dialect::sqlite
