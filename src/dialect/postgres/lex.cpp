// SPDX-License-Identifier: MIT
// PostgreSQL's quoting, reserved words, and statements that mind transactions. See lex.hpp.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
#include "dialect/postgres/lex.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "cupel/sql/quote.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::dialect::postgres {
namespace {

// What SQLAlchemy quotes, and what the server reserves beyond that (collation, concurrently,
// lateral, ...).
constexpr std::array<std::string_view, 107> kReserved{"all",
                                                      "analyse",
                                                      "analyze",
                                                      "and",
                                                      "any",
                                                      "array",
                                                      "as",
                                                      "asc",
                                                      "asymmetric",
                                                      "authorization",
                                                      "between",
                                                      "binary",
                                                      "both",
                                                      "case",
                                                      "cast",
                                                      "check",
                                                      "collate",
                                                      "collation",
                                                      "column",
                                                      "concurrently",
                                                      "constraint",
                                                      "create",
                                                      "cross",
                                                      "current_catalog",
                                                      "current_date",
                                                      "current_role",
                                                      "current_schema",
                                                      "current_time",
                                                      "current_timestamp",
                                                      "current_user",
                                                      "default",
                                                      "deferrable",
                                                      "desc",
                                                      "distinct",
                                                      "do",
                                                      "else",
                                                      "end",
                                                      "except",
                                                      "false",
                                                      "fetch",
                                                      "for",
                                                      "foreign",
                                                      "freeze",
                                                      "from",
                                                      "full",
                                                      "grant",
                                                      "group",
                                                      "having",
                                                      "ilike",
                                                      "in",
                                                      "initially",
                                                      "inner",
                                                      "intersect",
                                                      "into",
                                                      "is",
                                                      "isnull",
                                                      "join",
                                                      "lateral",
                                                      "leading",
                                                      "left",
                                                      "like",
                                                      "limit",
                                                      "localtime",
                                                      "localtimestamp",
                                                      "natural",
                                                      "new",
                                                      "not",
                                                      "notnull",
                                                      "null",
                                                      "of",
                                                      "off",
                                                      "offset",
                                                      "old",
                                                      "on",
                                                      "only",
                                                      "or",
                                                      "order",
                                                      "outer",
                                                      "over",
                                                      "overlaps",
                                                      "placing",
                                                      "primary",
                                                      "references",
                                                      "returning",
                                                      "right",
                                                      "select",
                                                      "session_user",
                                                      "similar",
                                                      "some",
                                                      "symmetric",
                                                      "system_user",
                                                      "table",
                                                      "tablesample",
                                                      "then",
                                                      "to",
                                                      "trailing",
                                                      "true",
                                                      "union",
                                                      "unique",
                                                      "user",
                                                      "using",
                                                      "variadic",
                                                      "verbose",
                                                      "when",
                                                      "where",
                                                      "window",
                                                      "with"};

/// A statement as words, for the questions below: bare words upper-cased, the rest as written.
class FirstWords {
 public:
  explicit FirstWords(std::string_view statement, std::size_t count = 64)
      : words_(sql::significant_texts(statement, count, lex_rules())) {}

  std::string_view at(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i]) : std::string_view();
  }
  bool has(std::string_view word) const {
    return std::find(words_.begin(), words_.end(), word) != words_.end();
  }
  /// True if `first` stands directly before `second` somewhere.
  bool has_pair(std::string_view first, std::string_view second) const {
    const auto at =
        std::adjacent_find(words_.begin(), words_.end(),
                           [&](const auto& a, const auto& b) { return a == first && b == second; });
    return at != words_.end();
  }
  /// True for an option that is switched off: `name = false`, 0 or off, quoted or not.
  bool is_off(std::string_view name) const {
    for (std::size_t i = 0; i + 2 < words_.size(); ++i) {
      if (words_[i] != name || words_[i + 1] != "=") continue;
      const std::string_view value = words_[i + 2];
      return value == "FALSE" || value == "OFF" || value == "0" || value == "'false'" ||
             value == "'off'";
    }
    return false;
  }
  std::size_t size() const { return words_.size(); }

 private:
  std::vector<std::string> words_;
};

bool create_outside(const FirstWords& words) {
  const std::string_view what = words.at(1);
  if (what == "INDEX") return words.at(2) == "CONCURRENTLY";
  if (what == "UNIQUE") return words.at(2) == "INDEX" && words.at(3) == "CONCURRENTLY";
  // Making the replication slot on the other server cannot be undone here.
  if (what == "SUBSCRIPTION") return !words.is_off("CREATE_SLOT") && !words.is_off("CONNECT");
  return what == "DATABASE" || what == "TABLESPACE";
}

bool drop_outside(const FirstWords& words) {
  const std::string_view what = words.at(1);
  if (what == "INDEX") return words.at(2) == "CONCURRENTLY";
  return what == "DATABASE" || what == "TABLESPACE" || what == "SUBSCRIPTION";
}

bool alter_outside(const FirstWords& words) {
  const std::string_view what = words.at(1);
  if (what == "SYSTEM") return true;
  if (what == "DATABASE") return words.has_pair("SET", "TABLESPACE");
  if (what == "TABLE")
    return words.has_pair("DETACH", "PARTITION") && words.at(words.size() - 1) == "CONCURRENTLY";
  if (what != "SUBSCRIPTION" || words.is_off("REFRESH")) return false;
  return words.has_pair("REFRESH", "PUBLICATION") || words.has_pair("SET", "PUBLICATION") ||
         words.has_pair("ADD", "PUBLICATION") || words.has_pair("DROP", "PUBLICATION");
}

bool reindex_outside(const FirstWords& words) {
  return words.has("CONCURRENTLY") || words.has("DATABASE") || words.has("SYSTEM") ||
         words.has("SCHEMA");
}

/// CLUSTER without a table goes through all of them, one transaction each.
bool cluster_outside(const FirstWords& words) {
  std::size_t i = 1;
  if (words.at(i) == "VERBOSE") ++i;
  if (words.at(i) == "(") {
    while (i < words.size() && words.at(i) != ")") ++i;
    ++i;
  }
  return i >= words.size();
}

}  // namespace

const sql::LexRules& lex_rules() {
  static constexpr sql::LexRules kRules{
      .dollar_quotes = true,
      .escape_strings = true,
      .unicode_strings = true,
      .prefixed_strings = true,
      .dollar_in_words = true,
      .nested_comments = true,
      .carriage_return_ends_line = true,
      .parameter_marks = "$",
      .atomic_bodies = true,
      .rule_bodies = true,
      .backslash_commands = true,
      .copy_streams = true,
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
  const std::string& verb = first[0];
  if (verb == "VACUUM") return true;
  if (verb == "CREATE") return create_outside(FirstWords(statement));
  if (verb == "DROP") return drop_outside(FirstWords(statement));
  if (verb == "ALTER") return alter_outside(FirstWords(statement));
  if (verb == "REINDEX") return reindex_outside(FirstWords(statement));
  if (verb == "CLUSTER") return cluster_outside(FirstWords(statement));
  return verb == "DISCARD" && FirstWords(statement).at(1) == "ALL";
}

bool needs_commit_before_use(std::string_view statement) {
  const std::vector<std::string> first = sql::leading_words(statement, 2, lex_rules());
  return first.size() == 2 && first[0] == "ALTER" && first[1] == "TYPE" &&
         FirstWords(statement).has_pair("ADD", "VALUE");
}

}  // namespace cupel::dialect::postgres
