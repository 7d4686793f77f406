// SPDX-License-Identifier: MIT
// read_assignments: the header of a revision from its tokens alone.
#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
#include "python/lexer.hpp"
#include "python/literals.hpp"

namespace cupel::python {
namespace {

class AssignmentReader {
 public:
  AssignmentReader(std::string_view text, std::span<const std::string_view> names)
      : text_(text), names_(names) {}

  Assignments read() {
    try {
      lexer_.emplace(text_);
      advance();
      while (token_.kind != Tok::End) line();
    } catch (const SyntaxProblem&) {
      // What stands before the error counts; whoever runs the file reports it.
    }
    return std::move(found_);
  }

 private:
  void advance() { token_ = lexer_->next(); }
  std::string_view word() const { return text_.substr(token_.start, token_.end - token_.start); }

  // One logical line at any depth.
  void line() {
    const bool first = !std::exchange(seen_line_, true);
    switch (token_.kind) {
      case Tok::Indent:
        ++depth_;
        advance();
        return;
      case Tok::Dedent:
        --depth_;
        if (depth_ == 0) in_definition_ = false;
        advance();
        return;
      case Tok::Def:
      case Tok::Class:
      case Tok::Async:
      case Tok::At:
        if (depth_ == 0) in_definition_ = true;
        break;
      case Tok::String:
        if (first) docstring();
        break;
      case Tok::Name:
        if (!in_definition_) assignment();
        break;
      default:
        break;
    }
    skip_line();
  }

  void skip_line() {
    while (token_.kind != Tok::Newline && token_.kind != Tok::End) {
      // `if x: revision = ...` on one line
      if (token_.kind == Tok::Name && !in_definition_) maybe_dynamic();
      if (token_.kind == Tok::Newline || token_.kind == Tok::End) break;
      advance();
    }
    if (token_.kind == Tok::Newline) advance();
    // A one-line `def f(): ...` opens no block.
    if (depth_ == 0 && token_.kind != Tok::Indent) in_definition_ = false;
  }

  void maybe_dynamic() {
    const std::string_view name = word();
    advance();
    if (token_.kind == Tok::Assign && wanted(name)) store(name, {});
  }

  bool wanted(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  void store(std::string_view name, Assignment value) {
    if (depth_ > 0) value = {};
    value.line = text::position_at(text_, token_.start).line;
    found_.values.insert_or_assign(std::string(name), std::move(value));
  }

  void docstring() {
    Assignment value = literal();
    if (value.kind == Assignment::Kind::Text) found_.docstring = value.items[0];
  }

  // name [: annotation] = [name =]* value
  void assignment() {
    std::vector<std::string_view> targets;
    while (token_.kind == Tok::Name) {
      const std::string_view name = word();
      const Token name_token = token_;
      advance();
      if (token_.kind == Tok::Colon) skip_annotation();
      if (token_.kind == Tok::Comma && targets.empty()) {  // a, b = ...
        if (wanted(name)) store(name, {});
        return;
      }
      if (token_.kind != Tok::Assign) {
        if (targets.empty()) return;
        token_ = name_token;
        finish(targets, {});  // the value is a name or a call
        return;
      }
      targets.push_back(name);
      advance();
    }
    if (targets.empty()) return;
    if (std::none_of(targets.begin(), targets.end(), [&](auto name) { return wanted(name); })) {
      return;
    }
    const Token value_token = token_;
    Assignment value = literal();
    if (token_.kind != Tok::Newline && token_.kind != Tok::End && token_.kind != Tok::Semicolon) {
      value = {};
    }
    const Token behind = token_;
    token_ = value_token;
    finish(targets, value);
    token_ = behind;
  }

  void finish(const std::vector<std::string_view>& targets, const Assignment& value) {
    for (const std::string_view name : targets) {
      if (wanted(name)) store(name, value);
    }
  }

  void skip_annotation() {
    std::size_t nested = 0;
    while (token_.kind != Tok::Newline && token_.kind != Tok::End) {
      if (token_.kind == Tok::LBracket || token_.kind == Tok::LParen) ++nested;
      if (token_.kind == Tok::RBracket || token_.kind == Tok::RParen) --nested;
      if (token_.kind == Tok::Assign && nested == 0) return;
      advance();
    }
  }

  // A literal at the current token; Dynamic leaves the token wherever it was understood to.
  Assignment literal() {
    switch (token_.kind) {
      case Tok::None:
        advance();
        return {Assignment::Kind::None, {}, 0};
      case Tok::String:
        return string();
      case Tok::LParen:
        return list(Tok::RParen);
      case Tok::LBracket:
        return list(Tok::RBracket);
      case Tok::LBrace:
        return list(Tok::RBrace);
      default:
        return {};
    }
  }

  Assignment string() {
    Assignment value{Assignment::Kind::Text, {""}, 0};
    while (token_.kind == Tok::String) {
      const std::string_view token = word();
      const StringParts parts = string_parts(token);
      if (parts.bytes) return {};
      unescape(value.items[0], token.substr(parts.body_start, parts.body_end - parts.body_start),
               parts, token_.start);
      advance();
    }
    if (token_.kind != Tok::Comma || nested_ > 0) return value;
    // A tuple without parentheses.
    value.kind = Assignment::Kind::List;
    while (token_.kind == Tok::Comma) {
      advance();
      if (token_.kind != Tok::String) break;
      ++nested_;
      Assignment next = string();
      --nested_;
      if (next.kind != Assignment::Kind::Text) return {};
      value.items.push_back(next.items[0]);
    }
    return value;
  }

  Assignment list(Tok close) {
    if (nested_ > 8) return {};
    ++nested_;
    const bool parentheses = close == Tok::RParen;
    Assignment value{Assignment::Kind::List, {}, 0};
    advance();
    bool comma = false;
    Assignment inner;
    while (token_.kind != close) {
      inner = literal();
      if (inner.kind == Assignment::Kind::Dynamic) break;
      const bool end = token_.kind != Tok::Comma;
      if (end && parentheses && !comma && token_.kind == close) {  // ("a") is "a"
        advance();
        --nested_;
        return inner;
      }
      if (inner.kind != Assignment::Kind::Text) break;
      value.items.push_back(inner.items[0]);
      if (end) break;
      comma = true;
      advance();
    }
    --nested_;
    if (token_.kind != close || (close == Tok::RBrace && value.items.empty())) return {};
    advance();
    return value;
  }

  std::string_view text_;
  std::span<const std::string_view> names_;
  std::optional<Lexer> lexer_;
  Token token_;
  int depth_ = 0;
  int nested_ = 0;
  bool in_definition_ = false;
  bool seen_line_ = false;
  Assignments found_;
};

}  // namespace

Assignments read_assignments(std::string_view text, std::span<const std::string_view> names) {
  return AssignmentReader(text, names).read();
}

}  // namespace cupel::python
