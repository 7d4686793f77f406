// SPDX-License-Identifier: MIT
// See words.hpp.
#include "model/words.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"

namespace cupel::model {
namespace {

// Reserved by PostgreSQL, SQLite or both; words that each accepts as a plain column name are left
// out. Sorted.
constexpr auto kReserved = std::to_array<std::string_view>({
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "autoincrement",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "commit",
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
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
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
    "index",
    "initially",
    "inner",
    "insert",
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
    "not",
    "nothing",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
});

char closing(char quote) { return quote == '[' ? ']' : quote; }

bool is_plain(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

bool is_reserved_word(std::string_view word) {
  return std::binary_search(kReserved.begin(), kReserved.end(),
                            std::string_view(text::to_lower(word)));
}

std::string quoted(std::string_view name, char quote) {
  std::string result(1, quote);
  for (const char c : name) result += c == closing(quote) ? std::string(2, c) : std::string(1, c);
  return result + closing(quote);
}

std::string quoted_if_needed(std::string_view name, char quote) {
  return is_plain(name) && !is_reserved_word(name) ? std::string(name) : quoted(name, quote);
}

std::string quoted_string(std::string_view value) { return quoted(value, '\''); }

}  // namespace cupel::model
