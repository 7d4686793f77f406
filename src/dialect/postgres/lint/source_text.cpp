// SPDX-License-Identifier: MIT
// See source_text.hpp.
#include "dialect/postgres/lint/source_text.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {

using sql::TokenKind;

SourceText::SourceText(std::string_view sql) : sql_(sql) {
  sql::Lexer lexer(sql, lex_rules());
  for (sql::Token token; lexer.next_significant(token);) tokens_.push_back(token);
}

std::size_t SourceText::at(long offset) const {
  if (offset < 0) return tokens_.size();
  const auto found = std::lower_bound(
      tokens_.begin(), tokens_.end(), static_cast<std::size_t>(offset),
      [](const sql::Token& token, std::size_t place) { return token.offset < place; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::string_view SourceText::token(std::size_t index) const {
  return index < tokens_.size() ? tokens_[index].of(sql_) : std::string_view();
}

TokenKind SourceText::kind(std::size_t index) const {
  return index < tokens_.size() ? tokens_[index].kind : TokenKind::Whitespace;
}

bool SourceText::is_word(std::size_t index, std::string_view word) const {
  return kind(index) == TokenKind::Word && text::equals_ignore_case(token(index), word);
}

bool SourceText::is_any_word(std::size_t index,
                             std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_word(index, word); });
}

std::string SourceText::text(Range range) const {
  range.last = std::min(range.last, tokens_.size());
  if (range.empty()) return {};
  const sql::Token& last = tokens_[range.last - 1];
  const std::size_t from = tokens_[range.first].offset;
  return std::string(sql_.substr(from, last.offset + last.length - from));
}

std::size_t SourceText::closing(std::size_t open) const {
  int depth = 0;
  for (std::size_t i = open; i < tokens_.size(); ++i) {
    if (is(i, "(")) ++depth;
    if (is(i, ")") && --depth == 0) return i;
  }
  return tokens_.empty() ? 0 : tokens_.size() - 1;
}

/// The next token on the same level.
std::size_t SourceText::skip(std::size_t index) const {
  return (is(index, "(") ? closing(index) : index) + 1;
}

template <typename Predicate>
std::size_t SourceText::find_if(Range range, Predicate predicate) const {
  for (std::size_t i = range.first; i < range.last && i < tokens_.size(); i = skip(i)) {
    if (predicate(i)) return i;
  }
  return range.last;
}

std::size_t SourceText::find(Range range, std::string_view symbol) const {
  return find_if(range, [&](std::size_t i) { return is(i, symbol); });
}

std::size_t SourceText::find_word(Range range, std::string_view word) const {
  return find_if(range, [&](std::size_t i) { return is_word(i, word); });
}

Range SourceText::parenthesised(Range range) const {
  const std::size_t open = find(range, "(");
  if (open >= range.last) return {};
  return {open + 1, std::min(closing(open), range.last)};
}

std::vector<Range> SourceText::split(Range range) const {
  std::vector<Range> parts;
  while (range.first < range.last) {
    const std::size_t comma = find(range, ",");
    parts.push_back({range.first, comma});
    range.first = comma + 1;
  }
  return parts;
}

Range SourceText::statement(std::size_t offset, std::size_t length) const {
  Range range{at(static_cast<long>(offset)), tokens_.size()};
  if (length != 0) range.last = at(static_cast<long>(offset + length));
  while (!range.empty() && kind(range.last - 1) == TokenKind::Semicolon) --range.last;
  return range;
}

std::size_t SourceText::type_end(std::size_t first) const {
  std::size_t i = first + (is_word(first, "setof") ? 1 : 0);
  const std::size_t name = i++;
  while (is(i, ".")) i += 2;
  const auto skip_arguments = [&] {
    if (is(i, "(")) i = skip(i);
  };
  if (is_word(name, "double") && is_word(i, "precision")) ++i;
  if (is_word(name, "national")) ++i;
  if (is_any_word(name, {"character", "char", "nchar", "bit", "national"}) &&
      is_word(i, "varying")) {
    ++i;
  }
  skip_arguments();
  if (is_any_word(name, {"timestamp", "time"}) && is_any_word(i, {"with", "without"}) &&
      is_word(i + 1, "time")) {
    i += 3;
  }
  if (is_word(name, "interval")) {
    while (is_any_word(i, {"year", "month", "day", "hour", "minute", "second", "to"})) ++i;
    skip_arguments();
  }
  if (is_word(i, "array")) ++i;
  while (is(i, "[")) {
    while (i < tokens_.size() && !is(i, "]")) ++i;
    ++i;
  }
  return std::min(i, tokens_.size());
}

model::Type SourceText::type(std::size_t first) const {
  const std::size_t end = type_end(first);
  for (std::size_t i = first; i < end; ++i) {
    // "integer ARRAY[4]" is integer[].
    if (is_word(i, "array") && i > first) return parse_type(text({first, i}) + "[]");
  }
  return parse_type(text({first, end}));
}

std::size_t SourceText::default_end(std::size_t first) const {
  const Range rest{first, tokens_.size()};
  return find_if(rest, [&](std::size_t i) {
    if (i == first) return false;
    return is(i, ",") || is(i, ")") || kind(i) == TokenKind::Semicolon ||
           is_any_word(i, {"not", "null", "constraint", "check", "unique", "primary", "references",
                           "generated", "collate", "deferrable", "initially"});
  });
}

}  // namespace cupel::dialect::postgres
