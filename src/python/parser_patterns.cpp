// SPDX-License-Identifier: MIT
// The match statement. See parser.hpp.
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

// `match` is a keyword only where a subject, a colon, an indented block and `case` follow.
bool Parser::at_match() {
  if (!is_word("match")) return false;
  switch (ahead().kind) {
    case Tok::Newline:
    case Tok::End:
    case Tok::Assign:
    case Tok::Dot:
    case Tok::Comma:
    case Tok::Colon:
    case Tok::RParen:
      return false;
    default:
      break;
  }
  std::size_t depth = 0;
  for (std::size_t i = at_ + 1; i + 3 < tokens_.size(); ++i) {
    switch (tokens_[i].kind) {
      case Tok::LParen:
      case Tok::LBracket:
      case Tok::LBrace:
        ++depth;
        break;
      case Tok::RParen:
      case Tok::RBracket:
      case Tok::RBrace:
        --depth;
        break;
      case Tok::Newline:
      case Tok::End:
        return false;
      case Tok::Colon:
        if (depth > 0) break;
        if (tokens_[i + 1].kind != Tok::Newline) break;
        return tokens_[i + 2].kind == Tok::Indent && text_of(tokens_[i + 3]) == "case";
      default:
        break;
    }
  }
  return false;
}

Stmt* Parser::match_statement() {
  auto* made = node<Match>(take().start);
  made->subject = star_expressions();
  expect(Tok::Colon, "':'");
  expect(Tok::Newline, "a new line");
  expect(Tok::Indent, "an indented block");
  Items cases(*this);
  while (!is(Tok::Dedent) && !is(Tok::End)) {
    if (accept(Tok::Newline)) continue;
    if (!is_word("case")) fail("expected 'case'");
    cases.add(match_case());
  }
  accept(Tok::Dedent);
  made->cases = cases.row<Case>();
  return finish(made);
}

Case* Parser::match_case() {
  auto* made = node<Case>(take().start);
  made->pattern = patterns();
  if (accept(Tok::If)) made->guard = named_expression();
  made->body = block("'case' statement", made->start);
  return finish(made);
}

Pattern* Parser::patterns() {
  const std::uint32_t start = now().start;
  Pattern* first = maybe_star_pattern();
  if (!is(Tok::Comma) && first->kind != PatternKind::Star) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::Comma)) {
    if (is(Tok::Colon) || is(Tok::If)) break;
    items.add(maybe_star_pattern());
  }
  auto* made = node<Pattern>(start);
  made->kind = PatternKind::Sequence;
  made->items = items.row<Pattern>();
  return finish(made);
}

Pattern* Parser::maybe_star_pattern() {
  if (!is(Tok::Star)) return as_pattern();
  auto* made = node<Pattern>(take().start);
  made->kind = PatternKind::Star;
  made->name = identifier();
  if (made->name == "_") made->name = {};
  return finish(made);
}

Pattern* Parser::as_pattern() {
  const Deeper deeper(*this);
  const std::uint32_t start = now().start;
  Pattern* inner = or_pattern();
  if (!accept(Tok::As)) return inner;
  auto* made = node<Pattern>(start);
  made->kind = PatternKind::As;
  made->name = identifier();
  if (made->name == "_") fail("cannot use '_' as a target");
  Items items(*this);
  items.add(inner);
  made->items = items.row<Pattern>();
  return finish(made);
}

Pattern* Parser::or_pattern() {
  const std::uint32_t start = now().start;
  Pattern* first = closed_pattern();
  if (!is(Tok::Pipe)) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::Pipe)) items.add(closed_pattern());
  auto* made = node<Pattern>(start);
  made->kind = PatternKind::Or;
  made->items = items.row<Pattern>();
  return finish(made);
}

Pattern* Parser::closed_pattern() {
  const std::uint32_t start = now().start;
  switch (now().kind) {
    case Tok::Name:
      return name_pattern();
    case Tok::LBrace:
      return mapping_pattern();
    case Tok::LBracket:
      take();
      return sequence_pattern(Tok::RBracket);
    case Tok::LParen:
      take();
      return sequence_pattern(Tok::RParen);
    default:
      break;
  }
  auto* made = node<Pattern>(start);
  made->value = literal_pattern();
  return finish(made);
}

Expr* Parser::literal_pattern() {
  switch (now().kind) {
    case Tok::Number:
    case Tok::String:
    case Tok::None:
    case Tok::True:
    case Tok::False:
      return atom();
    case Tok::Minus: {
      auto* made = node<Unary>(take().start);
      made->op = UnaryOp::Minus;
      if (!is(Tok::Number)) fail("invalid syntax");
      made->operand = atom();
      return finish(made);
    }
    case Tok::FString:
      fail("patterns may only match literals and attribute lookups");
    default:
      fail("invalid syntax");
  }
}

// Behind the opening bracket. Parentheses around one pattern without a comma only group.
Pattern* Parser::sequence_pattern(Tok close) {
  const Deeper deeper(*this);
  auto* made = node<Pattern>(now().start);
  made->kind = PatternKind::Sequence;
  Items items(*this);
  std::size_t stars = 0;
  while (!is(close)) {
    Pattern* item = maybe_star_pattern();
    stars += item->kind == PatternKind::Star;
    if (stars > 1) fail("multiple starred names in sequence pattern");
    items.add(item);
    if (!accept(Tok::Comma)) {
      if (close == Tok::RParen && items.size() == 1 && stars == 0 && accept(close)) return item;
      break;
    }
  }
  if (!is(close)) fail("invalid syntax");
  take();
  made->items = items.row<Pattern>();
  return finish(made);
}

Pattern* Parser::mapping_pattern() {
  const Deeper deeper(*this);
  auto* made = node<Pattern>(take().start);
  made->kind = PatternKind::Mapping;
  std::vector<Expr*> keys;
  std::vector<Pattern*> values;
  while (!is(Tok::RBrace)) {
    if (accept(Tok::StarStar)) {
      made->name = identifier();
      accept(Tok::Comma);
      break;
    }
    Expr* key = nullptr;
    if (is(Tok::Name)) {
      key = atom();
      while (accept(Tok::Dot)) {
        auto* attribute = node<Attribute>(key->start);
        attribute->value = key;
        attribute->name = identifier();
        key = finish(attribute);
      }
      if (key->kind == ExprKind::Name)
        fail("mapping pattern keys may only match literals and attribute lookups");
    } else {
      key = literal_pattern();
    }
    keys.push_back(key);
    expect(Tok::Colon, "':'");
    values.push_back(as_pattern());
    if (!accept(Tok::Comma)) break;
  }
  if (!is(Tok::RBrace)) fail("invalid syntax");
  take();
  Items key_items(*this);
  for (Expr* key : keys) key_items.add(key);
  made->keys = key_items.row<Expr>();
  Items value_items(*this);
  for (Pattern* value : values) value_items.add(value);
  made->items = value_items.row<Pattern>();
  return finish(made);
}

// A capture, a dotted name, or a class.
Pattern* Parser::name_pattern() {
  const std::uint32_t start = now().start;
  Expr* expr = atom();
  while (is(Tok::Dot)) {
    take();
    auto* attribute = node<Attribute>(start);
    attribute->value = expr;
    attribute->name = identifier();
    expr = finish(attribute);
  }
  if (is(Tok::LParen)) return class_pattern(expr);
  auto* made = node<Pattern>(start);
  if (const Name* name = try_as<Name>(expr)) {
    made->kind = PatternKind::Capture;
    made->name = name->id == "_" ? std::string_view() : name->id;
  } else {
    made->value = expr;
  }
  return finish(made);
}

Pattern* Parser::class_pattern(Expr* cls) {
  const Deeper deeper(*this);
  auto* made = node<Pattern>(cls->start);
  made->kind = PatternKind::Class;
  made->value = cls;
  take();
  std::vector<Pattern*> positional, named;
  std::vector<std::string_view> names;
  while (!is(Tok::RParen)) {
    if (is(Tok::Name) && ahead().kind == Tok::Assign) {
      names.push_back(identifier());
      take();
      named.push_back(as_pattern());
    } else {
      if (!names.empty()) fail("positional patterns follow keyword patterns");
      positional.push_back(as_pattern());
    }
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RParen, "')'");
  Items items(*this);
  for (Pattern* item : positional) items.add(item);
  made->items = items.row<Pattern>();
  Items keyword_items(*this);
  for (Pattern* item : named) keyword_items.add(item);
  made->keyword_items = keyword_items.row<Pattern>();
  made->names.count = static_cast<std::uint32_t>(names.size());
  made->names.data = static_cast<std::string_view*>(
      arena_.allocate((names.size() + 1) * sizeof(std::string_view), alignof(std::string_view)));
  std::copy(names.begin(), names.end(), made->names.data);
  return finish(made);
}

}  // namespace cupel::python
