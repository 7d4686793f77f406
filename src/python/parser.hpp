// SPDX-License-Identifier: MIT
// Tokens to a syntax tree, by recursive descent. One class over the files that are named below.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/python/ast.hpp"
#include "python/token.hpp"

namespace cupel::python {

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, ast::Arena& arena);
  ast::Body file();
  /// One expression and nothing else.
  ast::Expr* lone_expression();

 private:
  /// Collects the items of a list whose length is not known yet; nested lists share the memory.
  class Items;
  /// Counts how deep we are; throws when it is too deep for the stack.
  class Deeper;
  friend class Items;
  friend class Deeper;

  // tokens
  const Token& now() const { return tokens_[at_]; }
  const Token& ahead(std::size_t n = 1) const;
  bool is(Tok kind) const { return now().kind == kind; }
  bool accept(Tok kind);
  Token expect(Tok kind, const char* what);
  Token take() { return tokens_[at_++]; }
  std::string_view text_of(const Token& token) const {
    return text_.substr(token.start, token.end - token.start);
  }
  bool is_word(std::string_view word) const { return is(Tok::Name) && text_of(now()) == word; }
  std::uint32_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }
  [[noreturn]] void fail(std::string message) const;
  [[noreturn]] void fail_at(const ast::Node& node, std::string message) const;
  std::string_view identifier();
  std::string_view mangle(std::string_view name);
  template <class T>
  T* node(std::uint32_t start) {
    T* made = arena_.make<T>();
    made->start = start;
    return made;
  }
  template <class T>
  T* finish(T* made) {
    made->end = last_end();
    return made;
  }

  // simple statements (parser.cpp)
  void statement(Items& out);
  void simple_line(Items& out);
  ast::Stmt* simple();
  ast::Stmt* raise();
  ast::Stmt* assertion();
  template <class T>
  ast::Stmt* names_statement();
  ast::Stmt* type_alias();

  // those that begin with an expression, and what may be assigned to (parser_assignments.cpp)
  ast::Stmt* expression_statement();
  [[noreturn]] void fail_after_expression(ast::Expr* expr);
  ast::Stmt* assignment(ast::Expr* first, std::uint32_t start);
  ast::Stmt* augmented(ast::Expr* target, ast::BinaryOp op, std::uint32_t start);
  ast::Stmt* annotated(ast::Expr* target, std::uint32_t start);
  void check_target(ast::Expr* expr, const char* verb);
  ast::Stmt* del();

  // import (parser_imports.cpp)
  ast::Stmt* import();
  ast::Stmt* import_from();
  ast::Row<ast::Alias*> import_names();
  std::string_view dotted_name();

  // compound statements (parser_blocks.cpp)
  ast::Stmt* compound();
  ast::Body block(const char* owner, std::uint32_t owner_start);
  ast::Stmt* if_statement();
  ast::Stmt* while_statement();
  ast::Stmt* for_statement(bool is_async, std::uint32_t start);
  ast::Stmt* with_statement(bool is_async, std::uint32_t start);
  bool parenthesized_with();
  ast::WithItem* with_item();
  ast::Stmt* try_statement();
  ast::Handler* handler(bool& is_star);
  ast::Stmt* function(ast::Row<ast::Expr*> decorators, bool is_async, std::uint32_t start);
  ast::Stmt* class_definition(ast::Row<ast::Expr*> decorators, std::uint32_t start);
  ast::Stmt* decorated();
  void type_parameters();
  ast::Body otherwise();
  ast::Row<ast::Parameter*> parameters(Tok close, bool annotations);
  ast::Parameter* parameter(ast::ParameterKind kind, bool annotations);

  // match (parser_patterns.cpp)
  bool at_match();
  ast::Stmt* match_statement();
  ast::Case* match_case();
  ast::Pattern* patterns();
  ast::Pattern* as_pattern();
  ast::Pattern* or_pattern();
  ast::Pattern* closed_pattern();
  ast::Pattern* maybe_star_pattern();
  ast::Pattern* sequence_pattern(Tok close);
  ast::Pattern* mapping_pattern();
  ast::Pattern* class_pattern(ast::Expr* cls);
  ast::Pattern* name_pattern();
  ast::Expr* literal_pattern();

  // expressions (parser_expressions.cpp, parser_atoms.cpp)
  ast::Expr* star_expressions();
  ast::Expr* star_expression();
  ast::Expr* named_expression();
  ast::Expr* expression();
  ast::Expr* disjunction();
  ast::Expr* conjunction();
  ast::Expr* inversion();
  ast::Expr* comparison();
  ast::Expr* binary(int least);
  ast::Expr* unary();
  ast::Expr* power();
  ast::Expr* primary();
  ast::Expr* primary_rest(ast::Expr* left);
  ast::Expr* atom();
  ast::Expr* lambda();
  ast::Expr* yield();
  ast::Expr* parenthesized();
  ast::Expr* list_display();
  ast::Expr* brace_display();
  ast::Expr* dict_rest(ast::Expr* first_key, std::uint32_t start);
  ast::Row<ast::Generator*> generators();
  ast::Expr* targets();
  void call_arguments(ast::Row<ast::Expr*>& positional, ast::Row<ast::Keyword*>& keywords);
  ast::Expr* subscript_index();
  ast::Expr* slice();
  ast::Expr* constant(ast::ConstantKind kind);
  bool at_expression_end() const;

  // strings (parser_strings.cpp)
  ast::Expr* strings();
  void fstring_body(std::size_t begin, std::size_t end, bool raw, Items& parts, std::string& text);
  std::size_t replacement(std::size_t at, std::size_t end, bool raw, Items& parts,
                          std::string& text);
  ast::Expr* format_spec(std::size_t& at, std::size_t end, bool raw);
  std::size_t field_expression_end(std::size_t at, std::size_t end) const;
  ast::Expr* nested_expression(std::size_t begin, std::size_t end);
  void flush_text(Items& parts, std::string& text);

  std::string_view text_;
  std::vector<Token> tokens_;
  ast::Arena& arena_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string_view class_name_;  ///< for private names
  std::vector<void*> scratch_;
};

constexpr std::size_t kMaxSyntaxDepth = 600;

class Parser::Deeper {
 public:
  explicit Deeper(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > kMaxSyntaxDepth) parser_.fail("too many nested expressions or blocks");
  }
  ~Deeper() { --parser_.depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  Parser& parser_;
};

class Parser::Items {
 public:
  explicit Items(Parser& parser) : parser_(parser), mark_(parser.scratch_.size()) {}
  ~Items() { parser_.scratch_.resize(mark_); }
  Items(const Items&) = delete;
  Items& operator=(const Items&) = delete;
  void add(void* item) { parser_.scratch_.push_back(item); }
  std::size_t size() const { return parser_.scratch_.size() - mark_; }
  void* last() const { return parser_.scratch_.back(); }
  template <class T>
  ast::Row<T*> row() const {
    ast::Row<T*> made;
    made.count = static_cast<std::uint32_t>(size());
    if (made.count == 0) return made;
    made.data = static_cast<T**>(parser_.arena_.allocate(made.count * sizeof(T*), alignof(T*)));
    for (std::size_t i = 0; i < made.count; ++i) {
      made.data[i] = static_cast<T*>(parser_.scratch_[mark_ + i]);
    }
    return made;
  }

 private:
  Parser& parser_;
  std::size_t mark_;
};

/// Like parse(), for the compiler, which finds the scopes of names by itself.
std::unique_ptr<ast::Tree> parse_unchecked(std::string text, std::string file);

}  // namespace cupel::python
