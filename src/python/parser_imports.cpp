// SPDX-License-Identifier: MIT
// import and from ... import. See parser.hpp.
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

std::string_view Parser::dotted_name() {
  if (!is(Tok::Name)) fail("invalid syntax");
  const Token first = take();
  std::string_view name = text_of(first);
  if (!is(Tok::Dot)) return name;
  std::string dotted(name);
  while (accept(Tok::Dot)) {
    if (!is(Tok::Name)) fail("invalid syntax");
    dotted += '.';
    dotted += text_of(take());
  }
  return arena_.copy(dotted);
}

Stmt* Parser::import() {
  auto* made = node<Import>(take().start);
  Items names(*this);
  do {
    auto* alias = node<Alias>(now().start);
    alias->name = dotted_name();
    if (accept(Tok::As)) alias->as = identifier();
    names.add(finish(alias));
  } while (accept(Tok::Comma));
  made->names = names.row<Alias>();
  return finish(made);
}

Stmt* Parser::import_from() {
  auto* made = node<ImportFrom>(take().start);
  while (is(Tok::Dot) || is(Tok::Ellipsis)) made->level += take().kind == Tok::Dot ? 1 : 3;
  if (!is(Tok::Import)) {
    made->module = dotted_name();
  } else if (made->level == 0) {
    fail("invalid syntax");
  }
  expect(Tok::Import, "'import'");
  if (accept(Tok::Star)) return finish(made);
  made->names = import_names();
  return finish(made);
}

Row<Alias*> Parser::import_names() {
  const bool parenthesized = accept(Tok::LParen);
  Items names(*this);
  do {
    if (parenthesized && is(Tok::RParen) && names.size() > 0) break;
    auto* alias = node<Alias>(now().start);
    alias->name = identifier();
    if (accept(Tok::As)) alias->as = identifier();
    names.add(finish(alias));
  } while (accept(Tok::Comma));
  if (parenthesized) {
    expect(Tok::RParen, "')'");
  } else if (tokens_[at_ - 1].kind == Tok::Comma) {
    fail("trailing comma not allowed without surrounding parentheses");
  }
  return names.row<Alias>();
}

}  // namespace cupel::python
