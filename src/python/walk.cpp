// SPDX-License-Identifier: MIT
// See walk.hpp.
#include "cupel/python/walk.hpp"

namespace cupel::python::ast {
namespace {

/// One node's children.
class Children {
 public:
  explicit Children(Visitor& visitor) : visitor_(visitor) {}

  void of(Expr& node);
  void of(Stmt& node);

 private:
  void all(const Row<Expr*>& row) {
    for (Expr* it : row) walk(it, visitor_);
  }
  void all(const Row<Keyword*>& row) {
    for (const Keyword* it : row) walk(it->value, visitor_);
  }
  void all(const Row<Parameter*>& row) {
    for (const Parameter* it : row) {
      visitor_.bind(it->name);
      walk(it->annotation, visitor_);
      walk(it->default_value, visitor_);
    }
  }
  void pattern(const Pattern* node);

  // Expressions
  void in(Constant&) {}
  void in(JoinedStr& it) { all(it.parts); }
  void in(FormattedValue& it) { both(it.value, it.format); }
  void in(Name&) {}
  void in(Attribute& it) { walk(it.value, visitor_); }
  void in(Subscript& it) { both(it.value, it.index); }
  void in(Slice& it) {
    both(it.lower, it.upper);
    walk(it.step, visitor_);
  }
  void in(Call& it) {
    walk(it.function, visitor_);
    all(it.positional);
    all(it.keywords);
  }
  void in(Unary& it) { walk(it.operand, visitor_); }
  void in(Binary& it) { both(it.left, it.right); }
  void in(BoolOp& it) { all(it.values); }
  void in(Compare& it) {
    walk(it.left, visitor_);
    all(it.comparators);
  }
  void in(IfExp& it) {
    both(it.body, it.condition);
    walk(it.otherwise, visitor_);
  }
  void in(Lambda& it) {
    all(it.parameters);
    walk(it.body, visitor_);
  }
  void in(Tuple& it) { all(it.items); }
  void in(List& it) { all(it.items); }
  void in(Set& it) { all(it.items); }
  void in(Dict& it) {
    all(it.keys);
    all(it.values);
  }
  void in(Comprehension& it) {
    both(it.element, it.value);
    for (const Generator* generator : it.generators) {
      both(generator->target, generator->iterable);
      all(generator->conditions);
    }
  }
  void in(Await& it) { walk(it.value, visitor_); }
  void in(Yield& it) { walk(it.value, visitor_); }
  void in(YieldFrom& it) { walk(it.value, visitor_); }
  void in(Starred& it) { walk(it.value, visitor_); }
  void in(NamedExpr& it) { both(it.target, it.value); }

  // Statements
  void in(FunctionDef& it) {
    all(it.decorators);
    all(it.parameters);
    walk(it.returns, visitor_);
    walk(it.body, visitor_);
  }
  void in(ClassDef& it) {
    all(it.decorators);
    all(it.bases);
    all(it.keywords);
    walk(it.body, visitor_);
  }
  void in(Return& it) { walk(it.value, visitor_); }
  void in(Delete& it) { all(it.targets); }
  void in(Assign& it) {
    all(it.targets);
    walk(it.value, visitor_);
  }
  void in(AugAssign& it) { both(it.target, it.value); }
  void in(AnnAssign& it) {
    both(it.target, it.annotation);
    walk(it.value, visitor_);
  }
  void in(TypeAlias& it) { both(it.name, it.value); }
  void in(For& it) {
    both(it.target, it.iterable);
    walk(it.body, visitor_);
    walk(it.otherwise, visitor_);
  }
  void in(While& it) {
    walk(it.condition, visitor_);
    walk(it.body, visitor_);
    walk(it.otherwise, visitor_);
  }
  void in(If& it) {
    for (const Branch* branch : it.branches) {
      walk(branch->condition, visitor_);
      walk(branch->body, visitor_);
    }
    walk(it.otherwise, visitor_);
  }
  void in(With& it) {
    for (const WithItem* item : it.items) both(item->context, item->target);
    walk(it.body, visitor_);
  }
  void in(Match& it) {
    walk(it.subject, visitor_);
    for (const Case* one : it.cases) {
      pattern(one->pattern);
      walk(one->guard, visitor_);
      walk(one->body, visitor_);
    }
  }
  void in(Raise& it) { both(it.exception, it.cause); }
  void in(Try& it) {
    walk(it.body, visitor_);
    for (const Handler* handler : it.handlers) {
      walk(handler->type, visitor_);
      if (!handler->name.empty()) visitor_.bind(handler->name);
      walk(handler->body, visitor_);
    }
    walk(it.otherwise, visitor_);
    walk(it.finally, visitor_);
  }
  void in(Assert& it) { both(it.condition, it.message); }
  void in(Expression& it) { walk(it.value, visitor_); }

  void both(Expr* first, Expr* second) {
    walk(first, visitor_);
    walk(second, visitor_);
  }

  Visitor& visitor_;
};

void Children::pattern(const Pattern* node) {
  if (node == nullptr) return;
  walk(node->value, visitor_);
  if (!node->name.empty()) visitor_.bind(node->name);
  all(node->keys);
  for (const Pattern* it : node->items) pattern(it);
  for (const Pattern* it : node->keyword_items) pattern(it);
}

void Children::of(Expr& node) {
  switch (node.kind) {
#define CUPEL_EXPRESSION(Kind) \
  case ExprKind::Kind:         \
    return in(as<Kind>(node))
    CUPEL_EXPRESSION(Constant);
    CUPEL_EXPRESSION(JoinedStr);
    CUPEL_EXPRESSION(FormattedValue);
    CUPEL_EXPRESSION(Name);
    CUPEL_EXPRESSION(Attribute);
    CUPEL_EXPRESSION(Subscript);
    CUPEL_EXPRESSION(Slice);
    CUPEL_EXPRESSION(Call);
    CUPEL_EXPRESSION(Unary);
    CUPEL_EXPRESSION(Binary);
    CUPEL_EXPRESSION(BoolOp);
    CUPEL_EXPRESSION(Compare);
    CUPEL_EXPRESSION(IfExp);
    CUPEL_EXPRESSION(Lambda);
    CUPEL_EXPRESSION(Tuple);
    CUPEL_EXPRESSION(List);
    CUPEL_EXPRESSION(Set);
    CUPEL_EXPRESSION(Dict);
    CUPEL_EXPRESSION(Comprehension);
    CUPEL_EXPRESSION(Await);
    CUPEL_EXPRESSION(Yield);
    CUPEL_EXPRESSION(YieldFrom);
    CUPEL_EXPRESSION(Starred);
    CUPEL_EXPRESSION(NamedExpr);
#undef CUPEL_EXPRESSION
  }
}

void Children::of(Stmt& node) {
  switch (node.kind) {
#define CUPEL_STATEMENT(Kind) \
  case StmtKind::Kind:        \
    return in(as<Kind>(node))
    CUPEL_STATEMENT(FunctionDef);
    CUPEL_STATEMENT(ClassDef);
    CUPEL_STATEMENT(Return);
    CUPEL_STATEMENT(Delete);
    CUPEL_STATEMENT(Assign);
    CUPEL_STATEMENT(AugAssign);
    CUPEL_STATEMENT(AnnAssign);
    CUPEL_STATEMENT(TypeAlias);
    CUPEL_STATEMENT(For);
    CUPEL_STATEMENT(While);
    CUPEL_STATEMENT(If);
    CUPEL_STATEMENT(With);
    CUPEL_STATEMENT(Match);
    CUPEL_STATEMENT(Raise);
    CUPEL_STATEMENT(Try);
    CUPEL_STATEMENT(Assert);
    CUPEL_STATEMENT(Expression);
#undef CUPEL_STATEMENT
    case StmtKind::Import:
    case StmtKind::ImportFrom:
    case StmtKind::Global:
    case StmtKind::Nonlocal:
    case StmtKind::Pass:
    case StmtKind::Break:
    case StmtKind::Continue:
      return;
  }
}

}  // namespace

Visitor::~Visitor() = default;

void walk(const Body& body, Visitor& visitor) {
  for (Stmt* statement : body) walk(*statement, visitor);
}
void walk(Stmt& statement, Visitor& visitor) {
  if (visitor.visit(statement)) Children(visitor).of(statement);
}
void walk(Expr* expression, Visitor& visitor) {
  if (expression != nullptr && visitor.visit(*expression)) Children(visitor).of(*expression);
}

}  // namespace cupel::python::ast
