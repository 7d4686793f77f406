// SPDX-License-Identifier: MIT
// See statement_tokens.hpp.
#include "sql/statement_tokens.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::sql {

model::ObjectName object_name(const NameText& name) {
  if (name.key.size() == name.last.size()) return name.last;
  return {name.key.substr(0, name.key.size() - name.last.size() - 1), name.last};
}

std::string unquoted(std::string_view token) {
  const char mark = token[0] == '[' ? ']' : token[0];
  std::string name;
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    name += token[i];
    if (token[i] == mark) ++i;
  }
  return name;
}

StatementTokens::StatementTokens(std::string_view sql, const LexRules& rules) : sql_(sql) {
  for (const Token& token : tokenize(sql, rules))
    if (token.significant()) tokens_.push_back(token);
}

std::string_view StatementTokens::text(std::size_t i) const {
  return i < size() ? tokens_[i].of(sql_) : std::string_view();
}

bool StatementTokens::is(std::size_t i, std::string_view word) const {
  return i < size() && tokens_[i].kind != TokenKind::QuotedIdentifier &&
         text::equals_ignore_case(text(i), word);
}

bool StatementTokens::are(std::size_t i, std::initializer_list<std::string_view> words) const {
  return std::all_of(words.begin(), words.end(), [&](std::string_view w) { return is(i++, w); });
}

bool StatementTokens::is_name(std::size_t i) const {
  return i < size() && (kind(i) == TokenKind::Word || kind(i) == TokenKind::QuotedIdentifier);
}

std::string_view StatementTokens::between(std::size_t from, std::size_t to) const {
  if (from >= to || from >= size()) return {};
  const Token& last = tokens_[std::min(to, size()) - 1];
  return sql_.substr(tokens_[from].offset, last.offset + last.length - tokens_[from].offset);
}

std::size_t StatementTokens::end_of_brackets(std::size_t i) const {
  int depth = 0;
  for (; i < size(); ++i) {
    if (is(i, "(")) ++depth;
    if (is(i, ")") && depth-- == 0) break;
  }
  return i;
}

std::size_t StatementTokens::find(std::size_t from, std::size_t to,
                                  std::initializer_list<std::string_view> words) const {
  int depth = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (is(i, "(")) ++depth;
    if (is(i, ")")) --depth;
    if (depth != 0) continue;
    if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is(i, word); }))
      return i;
  }
  return to;
}

bool TokenReader::take(std::string_view word) {
  if (!is(word)) return false;
  ++at_;
  return true;
}

bool TokenReader::take(std::initializer_list<std::string_view> words) {
  if (!tokens_->are(at_, words)) return false;
  at_ += words.size();
  return true;
}

std::optional<NameText> TokenReader::take_name() {
  if (!tokens_->is_name(at_)) return std::nullopt;
  NameText name;
  for (;;) {
    const std::string_view part = tokens_->text(at_);
    const bool quoted = tokens_->kind(at_) == TokenKind::QuotedIdentifier;
    name.last = quoted ? unquoted(part) : text::to_lower(part);
    name.text += part;
    name.plain += quoted ? name.last : std::string(part);
    name.key += name.last;
    ++at_;
    if (!is(".") || !tokens_->is_name(at_ + 1)) return name;
    ++at_;
    for (std::string* text : {&name.text, &name.plain, &name.key}) *text += '.';
  }
}

}  // namespace cupel::sql
