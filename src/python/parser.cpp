// SPDX-License-Identifier: MIT
// The parser's tokens, its entry points, and statements that are one word with what it speaks of.
// See parser.hpp.
#include "python/parser.hpp"

#include <cstring>

#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
#include "python/lexer.hpp"
#include "python/scope.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void* Arena::allocate(std::size_t size, std::size_t alignment) {
  constexpr std::size_t kChunk = 64 * 1024;
  const auto misfit = reinterpret_cast<std::uintptr_t>(next_) % alignment;
  const std::size_t pad = misfit == 0 ? 0 : alignment - misfit;
  if (next_ == nullptr || left_ < size + pad) {
    const std::size_t chunk = size > kChunk / 4 ? size : kChunk;
    chunks_.push_back(std::unique_ptr<char[]>(new char[chunk]));
    char* memory = chunks_.back().get();
    if (chunk == size) return memory;  // a large piece of its own; the current chunk goes on
    next_ = memory + size;
    left_ = chunk - size;
    return memory;
  }
  char* memory = next_ + pad;
  next_ = memory + size;
  left_ -= size + pad;
  return memory;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* memory = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(memory, text.data(), text.size());
  return {memory, text.size()};
}

Parser::Parser(std::string_view text, std::vector<Token> tokens, Arena& arena)
    : text_(text), tokens_(std::move(tokens)), arena_(arena) {}

// --- tokens -----------------------------------------------------------------------------------

const Token& Parser::ahead(std::size_t n) const {
  return at_ + n < tokens_.size() ? tokens_[at_ + n] : tokens_.back();
}

bool Parser::accept(Tok kind) {
  if (!is(kind)) return false;
  ++at_;
  return true;
}

Token Parser::expect(Tok kind, const char* what) {
  if (!is(kind)) fail(std::string("expected ") + what);
  return take();
}

void Parser::fail(std::string message) const {
  const Token& token = now();
  if (token.kind == Tok::Indent) {
    throw SyntaxProblem{"IndentationError", "unexpected indent", token.start, token.end};
  }
  syntax_error(std::move(message), token.start, token.end);
}

void Parser::fail_at(const Node& node, std::string message) const {
  syntax_error(std::move(message), node.start, node.end);
}

std::string_view Parser::identifier() {
  if (!is(Tok::Name)) fail("invalid syntax");
  return mangle(text_of(take()));
}

// Names like __x inside a class belong to it.
std::string_view Parser::mangle(std::string_view name) {
  if (class_name_.empty() || name.size() < 3 || name[0] != '_' || name[1] != '_') return name;
  if (name.substr(name.size() - 2) == "__") return name;
  const std::size_t first = class_name_.find_first_not_of('_');
  if (first == std::string_view::npos) return name;
  return arena_.copy("_" + std::string(class_name_.substr(first)) + std::string(name));
}

// --- files ------------------------------------------------------------------------------------

Body Parser::file() {
  Items items(*this);
  while (!is(Tok::End)) {
    if (accept(Tok::Newline)) continue;
    statement(items);
  }
  return items.row<Stmt>();
}

Expr* Parser::lone_expression() {
  Expr* made = star_expressions();
  while (accept(Tok::Newline)) {
  }
  if (!is(Tok::End)) fail("invalid syntax");
  return made;
}

// --- statements -------------------------------------------------------------------------------

void Parser::statement(Items& out) {
  const Deeper deeper(*this);
  if (Stmt* made = compound()) {
    out.add(made);
    return;
  }
  simple_line(out);
}

void Parser::simple_line(Items& out) {
  do {
    if (is(Tok::Newline)) break;
    out.add(simple());
  } while (accept(Tok::Semicolon));
  if (is(Tok::End)) return;
  if (!accept(Tok::Newline)) {
    if (is(Tok::Indent)) fail("unexpected indent");
    fail("invalid syntax");
  }
}

Stmt* Parser::simple() {
  const std::uint32_t start = now().start;
  switch (now().kind) {
    case Tok::Pass:
      take();
      return finish(node<Pass>(start));
    case Tok::Break:
      take();
      return finish(node<Break>(start));
    case Tok::Continue:
      take();
      return finish(node<Continue>(start));
    case Tok::Return: {
      take();
      auto* made = node<Return>(start);
      if (!is(Tok::Newline) && !is(Tok::Semicolon) && !is(Tok::End)) {
        made->value = star_expressions();
      }
      return finish(made);
    }
    case Tok::Raise:
      return raise();
    case Tok::Global:
      return names_statement<Global>();
    case Tok::Nonlocal:
      return names_statement<Nonlocal>();
    case Tok::Del:
      return del();
    case Tok::Assert:
      return assertion();
    case Tok::Import:
      return import();
    case Tok::From:
      return import_from();
    case Tok::Indent:
      fail("unexpected indent");
    default:
      break;
  }
  if (is_word("type") && ahead().kind == Tok::Name &&
      (ahead(2).kind == Tok::Assign || ahead(2).kind == Tok::LBracket)) {
    return type_alias();
  }
  return expression_statement();
}

Stmt* Parser::raise() {
  auto* made = node<Raise>(take().start);
  if (!is(Tok::Newline) && !is(Tok::Semicolon) && !is(Tok::End)) {
    made->exception = expression();
    if (accept(Tok::From)) made->cause = expression();
  }
  return finish(made);
}

Stmt* Parser::assertion() {
  auto* made = node<Assert>(take().start);
  made->condition = named_expression();
  if (accept(Tok::Comma)) made->message = expression();
  return finish(made);
}

template <class T>
Stmt* Parser::names_statement() {
  auto* made = node<T>(take().start);
  std::vector<std::string_view> names;
  do names.push_back(identifier());
  while (accept(Tok::Comma));
  made->names.count = static_cast<std::uint32_t>(names.size());
  made->names.data = static_cast<std::string_view*>(
      arena_.allocate(names.size() * sizeof(std::string_view), alignof(std::string_view)));
  std::copy(names.begin(), names.end(), made->names.data);
  return finish(made);
}

// type Name[T] = value
Stmt* Parser::type_alias() {
  auto* made = node<TypeAlias>(take().start);
  made->name = node<Name>(now().start);
  made->name->id = identifier();
  finish(made->name);
  type_parameters();
  expect(Tok::Assign, "'='");
  made->value = expression();
  return finish(made);
}

// --- entry points -----------------------------------------------------------------------------

namespace {

std::unique_ptr<Tree> parse_with(std::string text, std::string file, bool one_expression,
                                 bool check) {
  auto tree = std::make_unique<Tree>();
  tree->file = std::move(file);
  tree->text = std::move(text);
  try {
    Parser parser(tree->text, tokenize(tree->text), tree->arena);
    if (!one_expression) {
      tree->body = parser.file();
      if (check)
        Scopes check_names(*tree);  // what is wrong with names, and trees that are too deep
      return tree;
    }
    auto* statement = tree->arena.make<Expression>();
    statement->value = parser.lone_expression();
    statement->start = statement->value->start;
    statement->end = statement->value->end;
    // NOLINTNEXTLINE(bugprone-sizeof-expression): a row of one pointer
    tree->body.data = static_cast<Stmt**>(tree->arena.allocate(sizeof(Stmt*), alignof(Stmt*)));
    tree->body.data[0] = statement;
    tree->body.count = 1;
    if (check) Scopes check_names(*tree);
    return tree;
  } catch (const SyntaxProblem& problem) {
    const std::string_view whole = tree->text;
    const std::size_t start = std::min(problem.start, whole.size());
    FilePosition position = text::position_at(whole, start, tree->file);
    throw ScriptError(std::move(position), {problem.exception, problem.message},
                      std::string(text::line_at(whole, start)));
  }
}

}  // namespace

std::unique_ptr<ast::Tree> parse(std::string text, std::string file) {
  return parse_with(std::move(text), std::move(file), false, true);
}

std::unique_ptr<ast::Tree> parse_unchecked(std::string text, std::string file) {
  return parse_with(std::move(text), std::move(file), false, false);
}

std::unique_ptr<ast::Tree> parse_expression(std::string text, std::string file) {
  return parse_with(std::move(text), std::move(file), true, true);
}

}  // namespace cupel::python
