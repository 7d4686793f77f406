// SPDX-License-Identifier: MIT
// Names, constants, displays and what stands in parentheses. See parser.hpp.
#include "python/literals.hpp"
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

Expr* Parser::constant(ConstantKind kind) {
  auto* made = node<Constant>(take().start);
  made->type = kind;
  return finish(made);
}

Expr* Parser::atom() {
  switch (now().kind) {
    case Tok::Name: {
      auto* made = node<Name>(now().start);
      made->id = identifier();
      return finish(made);
    }
    case Tok::Number: {
      const Token token = take();
      auto* made = node<Constant>(token.start);
      decode_number(*made, text_of(token), arena_);
      return finish(made);
    }
    case Tok::String:
    case Tok::FString:
      return strings();
    case Tok::None:
      return constant(ConstantKind::None);
    case Tok::True:
      return constant(ConstantKind::True);
    case Tok::False:
      return constant(ConstantKind::False);
    case Tok::Ellipsis:
      return constant(ConstantKind::Ellipsis);
    case Tok::LParen:
      return parenthesized();
    case Tok::LBracket:
      return list_display();
    case Tok::LBrace:
      return brace_display();
    case Tok::Yield:
      fail("invalid syntax; put parentheses around the yield expression");
    case Tok::Newline:
    case Tok::End:
      fail("invalid syntax");
    case Tok::Indent:
      throw SyntaxProblem{"IndentationError", "unexpected indent", now().start, now().end};
    default:
      fail("invalid syntax");
  }
}

Expr* Parser::parenthesized() {
  const Deeper deeper(*this);
  const Token open = take();
  if (is(Tok::RParen)) {
    take();
    auto* empty = node<Tuple>(open.start);
    empty->parenthesized = true;
    return finish(empty);
  }
  Expr* inner = nullptr;
  if (is(Tok::Yield)) {
    inner = yield();
  } else {
    inner = star_expression();
    if (is(Tok::For) || is(Tok::Async)) {
      if (inner->kind == ExprKind::Starred) {
        fail_at(*inner, "iterable unpacking cannot be used in comprehension");
      }
      auto* made = node<Comprehension>(open.start);
      made->type = ComprehensionKind::Generator;
      made->element = inner;
      made->generators = generators();
      inner = made;
    } else if (is(Tok::Comma)) {
      Items items(*this);
      items.add(inner);
      while (accept(Tok::Comma)) {
        if (is(Tok::RParen)) break;
        items.add(star_expression());
      }
      auto* tuple = node<Tuple>(open.start);
      tuple->items = items.row<Expr>();
      inner = tuple;
    } else if (inner->kind == ExprKind::Starred) {
      fail_at(*inner, "cannot use starred expression here");
    }
  }
  if (!is(Tok::RParen)) {
    if (is(Tok::End)) syntax_error("'(' was never closed", open.start, open.start + 1);
    fail("invalid syntax. Perhaps you forgot a comma?");
  }
  take();
  if (inner->kind == ExprKind::Comprehension || inner->kind == ExprKind::Tuple) {
    if (inner->start == open.start) inner->end = last_end();
  }
  inner->parenthesized = true;
  return inner;
}

Expr* Parser::list_display() {
  const Deeper deeper(*this);
  const Token open = take();
  Items items(*this);
  while (!is(Tok::RBracket)) {
    Expr* item = star_expression();
    if ((is(Tok::For) || is(Tok::Async)) && items.size() == 0) {
      if (item->kind == ExprKind::Starred) {
        fail_at(*item, "iterable unpacking cannot be used in comprehension");
      }
      auto* made = node<Comprehension>(open.start);
      made->element = item;
      made->generators = generators();
      expect(Tok::RBracket, "']'");
      return finish(made);
    }
    items.add(item);
    if (!accept(Tok::Comma)) break;
  }
  if (!is(Tok::RBracket)) fail("invalid syntax. Perhaps you forgot a comma?");
  take();
  auto* list = node<List>(open.start);
  list->items = items.row<Expr>();
  return finish(list);
}

Expr* Parser::brace_display() {
  const Deeper deeper(*this);
  const Token open = take();
  if (is(Tok::RBrace)) {
    take();
    return finish(node<Dict>(open.start));
  }
  if (is(Tok::StarStar)) return dict_rest(nullptr, open.start);
  Expr* first = star_expression();
  if (is(Tok::Colon) && first->kind != ExprKind::Starred) return dict_rest(first, open.start);
  if (is(Tok::For) || is(Tok::Async)) {
    auto* made = node<Comprehension>(open.start);
    made->type = ComprehensionKind::Set;
    made->element = first;
    made->generators = generators();
    expect(Tok::RBrace, "'}'");
    return finish(made);
  }
  Items items(*this);
  items.add(first);
  while (accept(Tok::Comma)) {
    if (is(Tok::RBrace)) break;
    items.add(star_expression());
  }
  if (!is(Tok::RBrace)) fail("invalid syntax. Perhaps you forgot a comma?");
  take();
  auto* set = node<Set>(open.start);
  set->items = items.row<Expr>();
  return finish(set);
}

// Behind the first key, or at a `**` if there is none.
Expr* Parser::dict_rest(Expr* first_key, std::uint32_t start) {
  std::vector<Expr*> keys, values;
  Expr* key = first_key;
  while (!is(Tok::RBrace)) {
    if (key == nullptr && accept(Tok::StarStar)) {
      keys.push_back(nullptr);
      values.push_back(binary(1));
    } else {
      if (key == nullptr) key = expression();
      if (!accept(Tok::Colon)) fail("':' expected after dictionary key");
      if (is(Tok::RBrace) || is(Tok::Comma))
        fail("expression expected after dictionary key and ':'");
      keys.push_back(key);
      values.push_back(expression());
      if ((is(Tok::For) || is(Tok::Async)) && keys.size() == 1) {
        auto* made = node<Comprehension>(start);
        made->type = ComprehensionKind::Dict;
        made->element = key;
        made->value = values[0];
        made->generators = generators();
        expect(Tok::RBrace, "'}'");
        return finish(made);
      }
    }
    key = nullptr;
    if (!accept(Tok::Comma)) break;
  }
  if (!is(Tok::RBrace)) fail("invalid syntax. Perhaps you forgot a comma?");
  take();
  auto* dict = node<Dict>(start);
  Items key_items(*this);
  for (Expr* item : keys) key_items.add(item);
  dict->keys = key_items.row<Expr>();
  Items value_items(*this);
  for (Expr* item : values) value_items.add(item);
  dict->values = value_items.row<Expr>();
  return finish(dict);
}

Row<Generator*> Parser::generators() {
  Items items(*this);
  while (is(Tok::For) || is(Tok::Async)) {
    auto* made = node<Generator>(now().start);
    made->is_async = accept(Tok::Async);
    expect(Tok::For, "'for'");
    made->target = targets();
    expect(Tok::In, "'in'");
    made->iterable = disjunction();
    {
      Items conditions(*this);
      while (accept(Tok::If)) {
        const bool named = is(Tok::Name) && ahead().kind == Tok::Walrus;
        conditions.add(named ? named_expression() : disjunction());
      }
      made->conditions = conditions.row<Expr>();
    }
    items.add(finish(made));
  }
  return items.row<Generator>();
}

// The targets of `for`: a, (b, *c)
Expr* Parser::targets() {
  const std::uint32_t start = now().start;
  const auto one = [&]() -> Expr* {
    if (is(Tok::Star)) {
      auto* starred = node<Starred>(take().start);
      starred->value = primary();
      return finish(starred);
    }
    return primary();
  };
  Expr* first = one();
  if (is(Tok::Comma)) {
    Items items(*this);
    items.add(first);
    while (accept(Tok::Comma)) {
      if (is(Tok::In)) break;
      items.add(one());
    }
    auto* tuple = node<Tuple>(start);
    tuple->items = items.row<Expr>();
    first = finish(tuple);
  }
  check_target(first, "assign to");
  return first;
}

Expr* Parser::lambda() {
  auto* made = node<Lambda>(take().start);
  made->parameters = parameters(Tok::Colon, false);
  expect(Tok::Colon, "':'");
  made->body = expression();
  return finish(made);
}

Expr* Parser::yield() {
  const std::uint32_t start = take().start;
  if (accept(Tok::From)) {
    auto* made = node<YieldFrom>(start);
    made->value = expression();
    return finish(made);
  }
  auto* made = node<Yield>(start);
  if (!at_expression_end()) made->value = star_expressions();
  return finish(made);
}

}  // namespace cupel::python
