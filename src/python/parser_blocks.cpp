// SPDX-License-Identifier: MIT
// Statements that hold blocks: if, for, with, try, def, class. See parser.hpp.
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

Stmt* Parser::compound() {
  const std::uint32_t start = now().start;
  switch (now().kind) {
    case Tok::If:
      return if_statement();
    case Tok::While:
      return while_statement();
    case Tok::For:
      return for_statement(false, start);
    case Tok::Try:
      return try_statement();
    case Tok::With:
      return with_statement(false, start);
    case Tok::Def:
      return function({}, false, start);
    case Tok::Class:
      return class_definition({}, start);
    case Tok::At:
      return decorated();
    case Tok::Async:
      take();
      if (is(Tok::Def)) return function({}, true, start);
      if (is(Tok::For)) return for_statement(true, start);
      if (is(Tok::With)) return with_statement(true, start);
      fail("invalid syntax");
    case Tok::Name:
      return at_match() ? match_statement() : nullptr;
    default:
      return nullptr;
  }
}

// A colon and what hangs on it, on the same line or indented below.
Body Parser::block(const char* owner, std::uint32_t owner_start) {
  if (!is(Tok::Colon)) {
    if (is(Tok::Assign)) fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    fail("expected ':'");
  }
  take();
  Items items(*this);
  if (!accept(Tok::Newline)) {
    simple_line(items);
    return items.row<Stmt>();
  }
  if (!is(Tok::Indent)) {
    std::size_t line = 1;
    for (const char c : text_.substr(0, owner_start)) line += c == '\n';
    throw SyntaxProblem{"IndentationError",
                        std::string("expected an indented block after ") + owner + " on line " +
                            std::to_string(line),
                        now().start, now().end};
  }
  take();
  while (!is(Tok::Dedent) && !is(Tok::End)) {
    if (accept(Tok::Newline)) continue;
    statement(items);
  }
  accept(Tok::Dedent);
  return items.row<Stmt>();
}

Body Parser::otherwise() {
  if (!is(Tok::Else)) return {};
  const std::uint32_t start = take().start;
  return block("'else' statement", start);
}

Stmt* Parser::if_statement() {
  auto* made = node<If>(now().start);
  Items branches(*this);
  do {
    const bool first = is(Tok::If);
    auto* branch = node<Branch>(take().start);
    branch->condition = named_expression();
    branch->body = block(first ? "'if' statement" : "'elif' statement", branch->start);
    branches.add(finish(branch));
  } while (is(Tok::Elif));
  made->otherwise = otherwise();
  made->branches = branches.row<Branch>();
  return finish(made);
}

Stmt* Parser::while_statement() {
  auto* made = node<While>(take().start);
  made->condition = named_expression();
  made->body = block("'while' statement", made->start);
  made->otherwise = otherwise();
  return finish(made);
}

Stmt* Parser::for_statement(bool is_async, std::uint32_t start) {
  take();
  auto* made = node<For>(start);
  made->is_async = is_async;
  made->target = targets();
  expect(Tok::In, "'in'");
  made->iterable = star_expressions();
  made->body = block("'for' statement", start);
  made->otherwise = otherwise();
  return finish(made);
}

// Behind `with (`: true if the parentheses hold the items themselves, `with (a as b, c):`.
bool Parser::parenthesized_with() {
  std::size_t depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    switch (tokens_[i].kind) {
      case Tok::LParen:
      case Tok::LBracket:
      case Tok::LBrace:
        ++depth;
        break;
      case Tok::RParen:
      case Tok::RBracket:
      case Tok::RBrace:
        if (--depth == 0) return tokens_[i + 1].kind == Tok::Colon;
        break;
      case Tok::Newline:
      case Tok::End:
        return false;
      default:
        break;
    }
  }
  return false;
}

WithItem* Parser::with_item() {
  auto* item = node<WithItem>(now().start);
  item->context = expression();
  if (accept(Tok::As)) {
    item->target = is(Tok::Star) ? star_expression() : primary();
    check_target(item->target, "assign to");
  }
  return finish(item);
}

Stmt* Parser::with_statement(bool is_async, std::uint32_t start) {
  take();
  auto* made = node<With>(start);
  made->is_async = is_async;
  Items items(*this);
  if (is(Tok::LParen) && parenthesized_with()) {
    take();
    do {
      if (is(Tok::RParen) && items.size() > 0) break;
      items.add(with_item());
    } while (accept(Tok::Comma));
    // `with (yield x):` and `with (a for b in c):` are no lists of items.
    if (!is(Tok::RParen)) fail("invalid syntax");
    take();
  } else {
    do items.add(with_item());
    while (accept(Tok::Comma));
  }
  made->items = items.row<WithItem>();
  made->body = block("'with' statement", start);
  return finish(made);
}

Handler* Parser::handler(bool& is_star) {
  auto* made = node<Handler>(take().start);
  is_star = accept(Tok::Star);
  if (!is(Tok::Colon)) {
    made->type = expression();
    if (is(Tok::Comma)) {
      fail_at(*made->type, "multiple exception types must be parenthesized");
    }
    if (accept(Tok::As)) made->name = identifier();
  }
  made->body = block(made->type ? "'except' statement" : "'except' statement", made->start);
  return finish(made);
}

Stmt* Parser::try_statement() {
  auto* made = node<Try>(take().start);
  made->body = block("'try' statement", made->start);
  Items handlers(*this);
  while (is(Tok::Except)) {
    bool is_star = false;
    if (handlers.size() > 0 && static_cast<Handler*>(handlers.last())->type == nullptr) {
      fail_at(*static_cast<Handler*>(handlers.last()), "default 'except:' must be last");
    }
    handlers.add(handler(is_star));
    made->is_star = made->is_star || is_star;
  }
  made->handlers = handlers.row<Handler>();
  if (!made->handlers.empty()) made->otherwise = otherwise();
  if (is(Tok::Finally)) {
    const std::uint32_t start = take().start;
    made->finally = block("'finally' statement", start);
  }
  if (made->handlers.empty() && made->finally.empty()) fail("expected 'except' or 'finally' block");
  return finish(made);
}

Stmt* Parser::decorated() {
  Items decorators(*this);
  const std::uint32_t start = now().start;
  while (accept(Tok::At)) {
    decorators.add(named_expression());
    if (!accept(Tok::Newline)) fail("invalid syntax");
  }
  const auto row = decorators.row<Expr>();
  if (is(Tok::Class)) return class_definition(row, start);
  const bool is_async = accept(Tok::Async);
  if (!is(Tok::Def)) fail("invalid syntax");
  return function(row, is_async, start);
}

// [T, *Ts, **P]: read and forgotten, as nothing here looks at types.
void Parser::type_parameters() {
  if (!accept(Tok::LBracket)) return;
  while (!is(Tok::RBracket)) {
    if (!accept(Tok::Star)) accept(Tok::StarStar);
    identifier();
    if (accept(Tok::Colon)) expression();
    if (accept(Tok::Assign)) star_expression();
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RBracket, "']'");
}

Stmt* Parser::function(Row<Expr*> decorators, bool is_async, std::uint32_t start) {
  take();
  auto* made = node<FunctionDef>(start);
  made->decorators = decorators;
  made->is_async = is_async;
  made->name = identifier();
  type_parameters();
  expect(Tok::LParen, "'('");
  made->parameters = parameters(Tok::RParen, true);
  expect(Tok::RParen, "')'");
  if (accept(Tok::Arrow)) made->returns = expression();
  made->body = block("function definition", start);
  return finish(made);
}

Stmt* Parser::class_definition(Row<Expr*> decorators, std::uint32_t start) {
  take();
  auto* made = node<ClassDef>(start);
  made->decorators = decorators;
  if (!is(Tok::Name)) fail("invalid syntax");
  const std::string_view own = text_of(now());
  made->name = identifier();
  type_parameters();
  if (is(Tok::LParen)) call_arguments(made->bases, made->keywords);
  const std::string_view outer = class_name_;
  class_name_ = own;
  made->body = block("class definition", start);
  class_name_ = outer;
  return finish(made);
}

Parameter* Parser::parameter(ParameterKind kind, bool annotations) {
  auto* made = node<Parameter>(now().start);
  made->kind = kind;
  made->name = identifier();
  if (annotations && accept(Tok::Colon)) {
    made->annotation = is(Tok::Star) ? star_expression() : expression();
  }
  if (accept(Tok::Assign)) {
    if (kind == ParameterKind::Args || kind == ParameterKind::Kwargs) {
      fail(kind == ParameterKind::Args ? "var-positional argument cannot have default value"
                                       : "var-keyword argument cannot have default value");
    }
    made->default_value = expression();
  }
  return finish(made);
}

Row<Parameter*> Parser::parameters(Tok close, bool annotations) {
  const Deeper deeper(*this);
  std::vector<Parameter*> list;
  bool star = false, slash = false, defaults = false;
  while (!is(close)) {
    if (!list.empty() && list.back()->kind == ParameterKind::Kwargs) {
      fail("arguments cannot follow var-keyword argument");
    }
    if (is(Tok::Slash)) {
      if (slash) fail("/ may appear only once");
      if (star) fail("/ must be ahead of *");
      if (list.empty()) fail("at least one argument must precede /");
      take();
      slash = true;
      for (Parameter* item : list) item->kind = ParameterKind::PositionalOnly;
    } else if (accept(Tok::StarStar)) {
      list.push_back(parameter(ParameterKind::Kwargs, annotations));
    } else if (accept(Tok::Star)) {
      if (star) fail("* argument may appear only once");
      star = true;
      if (is(Tok::Comma)) {
        if (ahead().kind == close || ahead().kind == Tok::StarStar) {
          fail("named arguments must follow bare *");
        }
      } else if (is(close)) {
        fail("named arguments must follow bare *");
      } else {
        list.push_back(parameter(ParameterKind::Args, annotations));
      }
    } else {
      Parameter* made =
          parameter(star ? ParameterKind::KeywordOnly : ParameterKind::Normal, annotations);
      if (!star) {
        if (defaults && made->default_value == nullptr) {
          fail_at(*made, "non-default argument follows default argument");
        }
        defaults = defaults || made->default_value != nullptr;
      }
      list.push_back(made);
    }
    if (!accept(Tok::Comma)) break;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (std::size_t k = 0; k < i && list.size() < 1000; ++k) {
      if (list[i]->name == list[k]->name) {
        fail_at(*list[i],
                "duplicate argument '" + std::string(list[i]->name) + "' in function definition");
      }
    }
  }
  Items items(*this);
  for (Parameter* item : list) items.add(item);
  return items.row<Parameter>();
}

}  // namespace cupel::python
