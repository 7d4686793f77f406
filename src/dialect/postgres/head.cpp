// SPDX-License-Identifier: MIT
// See head.hpp.
#include "dialect/postgres/head.hpp"

#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

/// Walks over the words of a definition.
class Head {
 public:
  explicit Head(std::string_view sql) : sql_(sql), lexer_(sql, lex_rules()) { advance(); }

  bool at_end() const { return at_end_; }
  bool is(std::string_view word) const {
    return !at_end_ && text::equals_ignore_case(token_.of(sql_), word);
  }
  bool take(std::string_view word) {
    const bool there = is(word);
    if (there) advance();
    return there;
  }
  void advance() { at_end_ = !lexer_.next_significant(token_); }

  /// Goes past the name that is next, and puts `name` in its place.
  std::string replace_name(std::string_view name) {
    if (at_end_) return {};
    const std::size_t begin = token_.offset;
    std::size_t end = token_.offset + token_.length;
    for (advance(); take(".");) {
      if (at_end_) return {};
      end = token_.offset + token_.length;
      advance();
    }
    return std::string(sql_.substr(0, begin)) + std::string(name) + std::string(sql_.substr(end));
  }

 private:
  std::string_view sql_;
  sql::Lexer lexer_;
  sql::Token token_;
  bool at_end_ = false;
};

}  // namespace

std::string with_name(std::string_view definition, std::string_view name) {
  Head head(definition);
  if (!head.take("create")) return {};
  if (head.take("or")) head.take("replace");
  if (!head.take("function") && !head.take("procedure")) return {};
  return head.replace_name(name);
}

std::string with_table(std::string_view definition, std::string_view table) {
  Head head(definition);
  if (!head.take("create")) return {};
  if (head.take("or")) head.take("replace");
  head.take("constraint");
  if (!head.take("trigger")) return {};
  while (!head.at_end() && !head.is("on")) head.advance();
  return head.take("on") ? head.replace_name(table) : std::string();
}

}  // namespace cupel::dialect::postgres
