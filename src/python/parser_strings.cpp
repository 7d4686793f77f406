// SPDX-License-Identifier: MIT
// String literals that follow each other, and the insides of f-strings. See parser.hpp.
#include "python/lexer.hpp"
#include "python/literals.hpp"
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void Parser::flush_text(Items& parts, std::string& text) {
  if (text.empty()) return;
  auto* piece = node<Constant>(now().start);
  piece->type = ConstantKind::Str;
  piece->text = arena_.copy(text);
  piece->end = piece->start;
  parts.add(piece);
  text.clear();
}

Expr* Parser::strings() {
  const std::uint32_t start = now().start;
  const bool bytes = is(Tok::String) && string_parts(text_of(now())).bytes;
  bool formatted = false;
  std::string text;
  // The usual case: one literal without escapes is a view into the file.
  if (is(Tok::String) && ahead().kind != Tok::String && ahead().kind != Tok::FString) {
    const Token token = take();
    const std::string_view raw = text_of(token);
    const StringParts parts = string_parts(raw);
    const std::string_view body = raw.substr(parts.body_start, parts.body_end - parts.body_start);
    auto* made = node<Constant>(start);
    made->type = bytes ? ConstantKind::Bytes : ConstantKind::Str;
    if (!bytes && body.find_first_of(parts.raw ? "\r" : "\\\r") == std::string_view::npos) {
      made->text = body;
    } else {
      unescape(text, body, parts, token.start + parts.body_start);
      made->text = arena_.copy(text);
    }
    return finish(made);
  }
  Items pieces(*this);
  while (is(Tok::String) || is(Tok::FString)) {
    const Token token = now();
    const std::string_view raw = text_of(token);
    const StringParts parts = string_parts(raw);
    if (parts.bytes != bytes) fail("cannot mix bytes and nonbytes literals");
    if (is(Tok::FString)) {
      formatted = true;
      fstring_body(token.start + parts.body_start, token.start + parts.body_end, parts.raw, pieces,
                   text);
    } else {
      unescape(text, raw.substr(parts.body_start, parts.body_end - parts.body_start), parts,
               token.start + parts.body_start);
    }
    take();
  }
  if (!formatted) {
    auto* made = node<Constant>(start);
    made->type = bytes ? ConstantKind::Bytes : ConstantKind::Str;
    made->text = arena_.copy(text);
    return finish(made);
  }
  flush_text(pieces, text);
  auto* made = node<JoinedStr>(start);
  made->parts = pieces.row<Expr>();
  return finish(made);
}

// [begin, end) is text with replacement fields; `text` collects what is literal.
void Parser::fstring_body(std::size_t begin, std::size_t end, bool raw, Items& parts,
                          std::string& text) {
  const StringParts kind{.raw = raw};
  std::size_t at = begin;
  std::size_t piece = begin;
  const auto flush_piece = [&](std::size_t stop) {
    unescape(text, text_.substr(piece, stop - piece), kind, piece);
  };
  while (at < end) {
    const char c = text_[at];
    if (c == '\\' && !raw && at + 1 < end) {
      at += text_[at + 1] == '{' || text_[at + 1] == '}' ? 1 : 2;
    } else if ((c == '{' || c == '}') && at + 1 < end && text_[at + 1] == c) {
      flush_piece(at + 1);
      at += 2;
      piece = at;
    } else if (c == '{') {
      flush_piece(at);
      at = replacement(at, end, raw, parts, text);
      piece = at;
    } else if (c == '}') {
      syntax_error("f-string: single '}' is not allowed", at, at + 1);
    } else {
      ++at;
    }
  }
  flush_piece(end);
}

// Where the expression of a field ends: at `!r`, `:`, `}` or a trailing `=`.
std::size_t Parser::field_expression_end(std::size_t at, std::size_t end) const {
  std::size_t nested = 0;
  const std::size_t begin = at;
  while (at < end) {
    const char c = text_[at];
    if (c == '(' || c == '[' || c == '{') {
      ++nested;
    } else if (c == ')' || c == ']' || (c == '}' && nested > 0)) {
      if (nested > 0) --nested;
    } else if (nested == 0 && (c == '}' || c == ':')) {
      return at;
    } else if (nested == 0 && c == '!' && (at + 1 >= end || text_[at + 1] != '=')) {
      return at;
    } else if (c == '!' && at + 1 < end) {
      ++at;  // the `=` of `!=` is no debug mark
    } else if (c == '"' || c == '\'') {
      at = Lexer::string_end(text_, begin, at, end);
      continue;
    } else if (c == '#') {
      while (at < end && text_[at] != '\n') ++at;
      continue;
    }
    ++at;
  }
  return at;
}

Expr* Parser::nested_expression(std::size_t begin, std::size_t end) {
  const Deeper deeper(*this);
  Parser inner(text_, tokenize_part(text_, begin, end), arena_);
  inner.depth_ = depth_ + 8;
  inner.class_name_ = class_name_;
  if (inner.is(Tok::End)) syntax_error("f-string: empty expression not allowed", begin, end);
  Expr* value = inner.star_expressions();
  if (!inner.is(Tok::End)) {
    const Token& extra = inner.now();
    syntax_error("f-string: invalid syntax", extra.start, extra.end);
  }
  return value;
}

// `at` is at the opening brace; returns the offset behind the closing one.
std::size_t Parser::replacement(std::size_t at, std::size_t end, bool raw, Items& parts,
                                std::string& text) {
  const std::size_t open = at;
  const std::size_t begin = at + 1;
  std::size_t stop = field_expression_end(begin, end);
  std::size_t expression_end = stop;
  bool debug = false;
  {
    std::size_t last = stop;
    while (last > begin &&
           (text_[last - 1] == ' ' || text_[last - 1] == '\n' || text_[last - 1] == '\t'))
      --last;
    if (last > begin + 1 && text_[last - 1] == '=' &&
        std::string_view("=!<>").find(text_[last - 2]) == std::string_view::npos) {
      debug = true;
      expression_end = last - 1;
    }
  }
  if (debug) text += text_.substr(begin, stop - begin);
  auto* field = node<FormattedValue>(static_cast<std::uint32_t>(open));
  field->value = nested_expression(begin, expression_end);
  if (stop < end && text_[stop] == '!') {
    const char c = stop + 1 < end ? text_[stop + 1] : '\0';
    if (c != 's' && c != 'r' && c != 'a') {
      syntax_error("f-string: invalid conversion character: expected 's', 'r', or 'a'", stop,
                   stop + 1);
    }
    field->conversion = c;
    stop += 2;
    while (stop < end && text_[stop] == ' ') ++stop;
  }
  if (stop < end && text_[stop] == ':') {
    ++stop;
    field->format = format_spec(stop, end, raw);
  } else if (debug && field->conversion == 0) {
    field->conversion = 'r';
  }
  if (stop >= end || text_[stop] != '}') syntax_error("f-string: expecting '}'", open, open + 1);
  flush_text(parts, text);
  field->end = static_cast<std::uint32_t>(stop + 1);
  parts.add(field);
  return stop + 1;
}

// Behind the colon, up to the field's closing brace.
Expr* Parser::format_spec(std::size_t& at, std::size_t end, bool raw) {
  const Deeper deeper(*this);
  const auto start = static_cast<std::uint32_t>(at);
  const StringParts kind{.raw = raw};
  Items parts(*this);
  std::string text;
  std::size_t piece = at;
  while (at < end && text_[at] != '}') {
    if (text_[at] == '{') {
      unescape(text, text_.substr(piece, at - piece), kind, piece);
      at = replacement(at, end, raw, parts, text);
      piece = at;
    } else {
      ++at;
    }
  }
  unescape(text, text_.substr(piece, at - piece), kind, piece);
  flush_text(parts, text);
  auto* made = node<JoinedStr>(start);
  made->parts = parts.row<Expr>();
  made->end = static_cast<std::uint32_t>(at);
  return made;
}

}  // namespace cupel::python
