// SPDX-License-Identifier: MIT
// See tokens.hpp.
#include "ops/tokens.hpp"

#include "cupel/base/text.hpp"
#include "model/words.hpp"

namespace cupel::ops {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_part(char c) { return is_word_start(c) || is_digit(c) || c == '$'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  std::vector<Token> run() {
    while (skip_blank(), at_ < sql_.size()) {
      const std::size_t begin = at_;
      Token token = next();
      token.begin = begin;
      token.end = at_;
      if (token.kind != Token::Kind::Quoted) token.text = sql_.substr(begin, at_ - begin);
      tokens_.push_back(std::move(token));
    }
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  bool looking_at(std::string_view text) const { return sql_.substr(at_, text.size()) == text; }

  void skip_blank() {
    while (at_ < sql_.size()) {
      if (is_space(peek())) {
        ++at_;
      } else if (looking_at("--")) {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (looking_at("/*")) {
        skip_comment();
      } else {
        return;
      }
    }
  }
  void skip_comment() {
    int depth = 0;
    do {
      const bool opens = looking_at("/*");
      const bool closes = looking_at("*/");
      depth += opens ? 1 : closes ? -1 : 0;
      at_ += opens || closes ? 2 : 1;
    } while (depth > 0 && at_ < sql_.size());
    at_ = std::min(at_, sql_.size());
  }

  Token next() {
    const char c = peek();
    if (c == '\'') return string(false);
    if ((c == 'e' || c == 'E') && peek(1) == '\'') return ++at_, string(true);
    if (c == '"' || c == '`') return quoted(c);
    if (c == '[' && !follows_operand()) return quoted(']');
    if (c == '$' && dollar_string()) return {Token::Kind::String};
    if (is_word_start(c)) return run_of(Token::Kind::Word, is_word_part);
    if (is_digit(c))
      return run_of(Token::Kind::Number, [](char d) { return is_word_part(d) || d == '.'; });
    at_ += looking_at("::") ? 2 : 1;
    return {Token::Kind::Symbol};
  }

  template <typename Predicate>
  Token run_of(Token::Kind kind, Predicate belongs) {
    while (at_ < sql_.size() && belongs(sql_[at_])) ++at_;
    return {kind};
  }

  Token string(bool backslashes) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (backslashes && peek() == '\\') {
        ++at_;
      } else if (peek() == '\'' && peek(1) == '\'') {
        ++at_;
      } else if (peek() == '\'') {
        break;
      }
    }
    at_ = std::min(at_ + 1, sql_.size());
    return {Token::Kind::String};
  }

  Token quoted(char closing) {
    Token token{Token::Kind::Quoted};
    token.quote = peek();
    for (++at_; at_ < sql_.size(); ++at_) {
      if (peek() == closing) {
        if (peek(1) != closing) break;
        ++at_;
      }
      token.text += peek();
    }
    at_ = std::min(at_ + 1, sql_.size());
    return token;
  }

  /// A bracket right behind an operand is a subscript, not a quoted name.
  bool follows_operand() const {
    if (tokens_.empty() || tokens_.back().end != at_) return false;
    const Token& before = tokens_.back();
    return before.kind == Token::Kind::Word || before.kind == Token::Kind::Quoted ||
           before.is(")") || before.is("]");
  }

  /// $tag$...$tag$; false (and nothing read) if none begins here.
  bool dollar_string() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && (is_word_start(sql_[end]) || is_digit(sql_[end]))) ++end;
    if (end >= sql_.size() || sql_[end] != '$' || is_digit(peek(1))) return false;
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    const std::size_t close = sql_.find(tag, end + 1);
    at_ = close == std::string_view::npos ? sql_.size() : close + tag.size();
    return true;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

bool is_any_word(const Token& token, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (token.is_word(word)) return true;
  }
  return false;
}

/// Walks through a statement and knows whether a table's name is due.
class TablePlaces {
 public:
  std::vector<std::size_t> find(const std::vector<Token>& tokens, std::string_view name) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].names(name) && (is_table(tokens, i) || qualifies(tokens, i))) {
        places.push_back(i);
      }
      step(tokens[i]);
    }
    return places;
  }

 private:
  void step(const Token& token) {
    if (token.is("(")) {
      outer_.push_back(in_from_);
      in_from_ = false;
    } else if (token.is(")") && !outer_.empty()) {
      in_from_ = outer_.back();
      outer_.pop_back();
    } else if (is_any_word(token, {"from", "join"})) {
      in_from_ = true;
    } else if (is_any_word(token, {"where", "group", "order", "having", "limit", "union", "set",
                                   "select", "on", "values", "returning", "window"})) {
      in_from_ = false;
    }
  }
  bool is_table(const std::vector<Token>& tokens, std::size_t i) const {
    while (i >= 2 && tokens[i - 1].is(".")) i -= 2;
    if (i == 0) return false;
    const Token& before = tokens[i - 1];
    return is_any_word(before,
                       {"from", "join", "into", "update", "on", "table", "only", "references"}) ||
           (in_from_ && before.is(","));
  }
  static bool qualifies(const std::vector<Token>& tokens, std::size_t i) {
    return i + 1 < tokens.size() && tokens[i + 1].is(".") && (i == 0 || !tokens[i - 1].is("."));
  }

  bool in_from_ = false;
  std::vector<bool> outer_;
};

}  // namespace

bool Token::is_word(std::string_view word) const {
  return kind == Kind::Word && text::equals_ignore_case(text, word);
}

bool Token::names(std::string_view name) const {
  if (kind == Kind::Quoted)
    return quote == '"' ? text == name : text::equals_ignore_case(text, name);
  // A column that is called so needs no quotes on SQLite; PostgreSQL writes its function as USER.
  const bool is_user = text == "user";
  return is_word(name) && (is_user || !model::is_reserved_word(text));
}

std::vector<Token> tokenize(std::string_view sql) { return Lexer(sql).run(); }

std::string replace_names(std::string_view sql, const std::vector<Token>& tokens,
                          const std::vector<std::size_t>& places, std::string_view name) {
  std::string result;
  std::size_t copied = 0;
  for (const std::size_t place : places) {
    const Token& token = tokens[place];
    result += sql.substr(copied, token.begin - copied);
    result += token.quote == 0 ? model::quoted_if_needed(name) : model::quoted(name, token.quote);
    copied = token.end;
  }
  return result.append(sql.substr(copied));
}

std::string rename_table_in_sql(const std::string& sql, const std::string& from,
                                const std::string& to) {
  const std::vector<Token> tokens = tokenize(sql);
  return replace_names(sql, tokens, TablePlaces().find(tokens, from), to);
}

}  // namespace cupel::ops
