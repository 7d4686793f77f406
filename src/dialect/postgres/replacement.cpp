// SPDX-License-Identifier: MIT
// See replacement.hpp.
#include "dialect/postgres/replacement.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dialect/postgres/sql_tokens.hpp"

namespace cupel::dialect::postgres {
namespace {

struct Select {
  std::vector<std::string> columns;
  std::string from;
};

bool is_one_of(const SqlToken& token, std::span<const std::string_view> words) {
  return token.kind == SqlToken::Kind::Word &&
         std::find(words.begin(), words.end(), token.text) != words.end();
}

/// nullopt for what is not one plain SELECT: a UNION, a WITH, a star.
std::optional<Select> parse_select(std::string_view sql) {
  static constexpr std::array<std::string_view, 4> kOthers{"union", "intersect", "except",
                                                           "distinct"};
  static constexpr std::array<std::string_view, 7> kAfterFrom{"where", "group", "having", "window",
                                                              "order", "limit", "offset"};
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  if (tokens.empty() || !tokens.front().is_word("select")) return std::nullopt;
  Select select{{""}, ""};
  enum { kColumns, kFrom, kRest } place = kColumns;
  int depth = 0;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    if (token.is("(") || token.is("[")) ++depth;
    if (token.is(")") || token.is("]")) --depth;
    if (depth == 0 && is_one_of(token, kOthers)) return std::nullopt;
    if (depth == 0 && place == kColumns && token.is("*") &&
        (select.columns.back().empty() || tokens[i - 1].is(".")))
      return std::nullopt;
    if (depth == 0 && place == kColumns && token.is(",")) {
      select.columns.emplace_back();
      continue;
    }
    if (depth == 0 && place == kColumns && token.is_word("from")) place = kFrom;
    if (depth == 0 && is_one_of(token, kAfterFrom)) place = kRest;
    if (place == kColumns) select.columns.back() += " " + token.text;
    if (place == kFrom) select.from += " " + token.text;
  }
  return select;
}

/// Arguments and result, and how many arguments have a default, whatever that is.
struct Signature {
  std::vector<std::string> words;
  int defaults = 0;
  bool operator==(const Signature&) const = default;
};

/// What stands between the name and the first option (LANGUAGE, IMMUTABLE, AS, ...).
Signature signature_of(std::string_view sql) {
  static constexpr std::array<std::string_view, 22> kOptions{
      "as",       "begin",     "called", "cost",     "external", "immutable",
      "language", "leakproof", "not",    "parallel", "return",   "rows",
      "security", "set",       "stable", "strict",   "support",  "transform",
      "volatile", "window",    "with",   "sql"};
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  Signature result;
  std::size_t i = 0;
  while (i < tokens.size() && !tokens[i].is("(")) ++i;
  int depth = 0;
  bool in_default = false;
  for (; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    if (token.is("(")) ++depth;
    if (token.is(")")) --depth;
    if (depth == 0 && is_one_of(token, kOptions)) break;
    if (in_default && (depth == 0 || (depth == 1 && token.is(",")))) in_default = false;
    if (depth == 1 && (token.is_word("default") || token.is("="))) {
      in_default = true;
      ++result.defaults;
    }
    if (!in_default) result.words.push_back(token.text);
  }
  return result;
}

}  // namespace

bool keeps_signature(std::string_view from, std::string_view to) {
  const Signature was = signature_of(from);
  const Signature now = signature_of(to);
  return was.words == now.words && was.defaults <= now.defaults;
}

bool keeps_columns(std::string_view from, std::string_view to) {
  const std::optional<Select> was = parse_select(from);
  const std::optional<Select> now = parse_select(to);
  return was && now && was->from == now->from && was->columns.size() <= now->columns.size() &&
         std::equal(was->columns.begin(), was->columns.end(), now->columns.begin());
}

}  // namespace cupel::dialect::postgres
