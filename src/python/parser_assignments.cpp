// SPDX-License-Identifier: MIT
// Statements that begin with an expression, and what may be assigned to or deleted. See parser.hpp.
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

namespace {

/// The operator of `+=` and its like.
bool augmented_operator(Tok kind, BinaryOp& op) {
  switch (kind) {
    case Tok::PlusAssign:
      op = BinaryOp::Add;
      return true;
    case Tok::MinusAssign:
      op = BinaryOp::Sub;
      return true;
    case Tok::StarAssign:
      op = BinaryOp::Mul;
      return true;
    case Tok::SlashAssign:
      op = BinaryOp::Div;
      return true;
    case Tok::SlashSlashAssign:
      op = BinaryOp::FloorDiv;
      return true;
    case Tok::PercentAssign:
      op = BinaryOp::Mod;
      return true;
    case Tok::AtAssign:
      op = BinaryOp::MatMul;
      return true;
    case Tok::AmpAssign:
      op = BinaryOp::And;
      return true;
    case Tok::PipeAssign:
      op = BinaryOp::Or;
      return true;
    case Tok::CaretAssign:
      op = BinaryOp::Xor;
      return true;
    case Tok::LShiftAssign:
      op = BinaryOp::LShift;
      return true;
    case Tok::RShiftAssign:
      op = BinaryOp::RShift;
      return true;
    case Tok::StarStarAssign:
      op = BinaryOp::Pow;
      return true;
    default:
      return false;
  }
}

const char* describe(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Constant:
      switch (static_cast<const Constant&>(expr).type) {
        case ConstantKind::None:
          return "None";
        case ConstantKind::True:
          return "True";
        case ConstantKind::False:
          return "False";
        case ConstantKind::Ellipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    case ExprKind::JoinedStr:
      return "f-string expression";
    case ExprKind::Call:
      return "function call";
    case ExprKind::Unary:
    case ExprKind::Binary:
    case ExprKind::BoolOp:
      return "expression";
    case ExprKind::Compare:
      return "comparison";
    case ExprKind::IfExp:
      return "conditional expression";
    case ExprKind::Lambda:
      return "lambda";
    case ExprKind::Set:
      return "set display";
    case ExprKind::Dict:
      return "dict literal";
    case ExprKind::Comprehension:
      switch (static_cast<const Comprehension&>(expr).type) {
        case ComprehensionKind::List:
          return "list comprehension";
        case ComprehensionKind::Set:
          return "set comprehension";
        case ComprehensionKind::Dict:
          return "dict comprehension";
        default:
          return "generator expression";
      }
    case ExprKind::Await:
      return "await expression";
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
      return "yield expression";
    case ExprKind::NamedExpr:
      return "named expression";
    default:
      return "expression";
  }
}

}  // namespace

void Parser::check_target(Expr* expr, const char* verb) {
  switch (expr->kind) {
    case ExprKind::Name:
    case ExprKind::Attribute:
    case ExprKind::Subscript:
      return;
    case ExprKind::Starred:
      if (std::string_view(verb) == "delete") break;
      check_target(as<Starred>(*expr).value, verb);
      return;
    case ExprKind::Tuple:
    case ExprKind::List: {
      const Deeper deeper(*this);
      const auto items =
          expr->kind == ExprKind::Tuple ? as<Tuple>(*expr).items : as<List>(*expr).items;
      std::size_t stars = 0;
      for (Expr* item : items) {
        check_target(item, verb);
        stars += item->kind == ExprKind::Starred;
      }
      if (stars > 1) fail_at(*expr, "multiple starred expressions in assignment");
      return;
    }
    default:
      break;
  }
  fail_at(*expr, std::string("cannot ") + verb + " " + describe(*expr));
}

Stmt* Parser::expression_statement() {
  const std::uint32_t start = now().start;
  Expr* first = star_expressions();
  BinaryOp op = BinaryOp::Add;
  if (is(Tok::Assign)) return assignment(first, start);
  if (is(Tok::Colon)) return annotated(first, start);
  if (augmented_operator(now().kind, op)) return augmented(first, op, start);
  if (!is(Tok::Newline) && !is(Tok::Semicolon) && !is(Tok::End)) fail_after_expression(first);
  auto* made = node<Expression>(start);
  made->value = first;
  return finish(made);
}

void Parser::fail_after_expression(Expr* expr) {
  if (const Name* name = try_as<Name>(expr)) {
    if (name->id == "print" || name->id == "exec") {
      fail_at(*expr, "Missing parentheses in call to '" + std::string(name->id) +
                         "'. Did you mean " + std::string(name->id) + "(...)?");
    }
  }
  if (const auto* shift = try_as<Binary>(expr)) {
    const Name* name = try_as<Name>(shift->left);
    if (name != nullptr && name->id == "print") {
      fail_at(*expr, "Missing parentheses in call to 'print'. Did you mean print(...)?");
    }
  }
  fail("invalid syntax");
}

Stmt* Parser::assignment(Expr* first, std::uint32_t start) {
  Items targets(*this);
  Expr* value = first;
  while (accept(Tok::Assign)) {
    if (value->kind == ExprKind::Starred) {
      fail_at(*value, "starred assignment target must be in a list or tuple");
    }
    const bool is_value =
        value->kind == ExprKind::Call || value->kind == ExprKind::Compare ||
        value->kind == ExprKind::Binary ||
        (value->kind == ExprKind::Constant && as<Constant>(*value).type >= ConstantKind::Int);
    if (is_value) {
      fail_at(*value, std::string("cannot assign to ") + describe(*value) +
                          " here. Maybe you meant '==' instead of '='?");
    }
    check_target(value, "assign to");
    targets.add(value);
    value = star_expressions();
  }
  auto* made = node<Assign>(start);
  made->targets = targets.row<Expr>();
  made->value = value;
  if (value->kind == ExprKind::Starred) fail_at(*value, "can't use starred expression here");
  if (!is(Tok::Newline) && !is(Tok::Semicolon) && !is(Tok::End)) fail_after_expression(value);
  return finish(made);
}

Stmt* Parser::augmented(Expr* target, BinaryOp op, std::uint32_t start) {
  if (target->kind != ExprKind::Name && target->kind != ExprKind::Attribute &&
      target->kind != ExprKind::Subscript) {
    fail_at(*target, std::string("'") + describe(*target) +
                         "' is an illegal expression for augmented assignment");
  }
  take();
  auto* made = node<AugAssign>(start);
  made->target = target;
  made->op = op;
  made->value = star_expressions();
  return finish(made);
}

Stmt* Parser::annotated(Expr* target, std::uint32_t start) {
  if (target->kind != ExprKind::Name && target->kind != ExprKind::Attribute &&
      target->kind != ExprKind::Subscript) {
    if (target->kind == ExprKind::Tuple || target->kind == ExprKind::List) {
      fail_at(*target, "only single target (not tuple) can be annotated");
    }
    fail("invalid syntax");
  }
  take();
  auto* made = node<AnnAssign>(start);
  made->target = target;
  made->annotation = expression();
  if (accept(Tok::Assign)) made->value = star_expressions();
  return finish(made);
}

Stmt* Parser::del() {
  auto* made = node<Delete>(take().start);
  Items targets(*this);
  do {
    if (is(Tok::Newline) || is(Tok::Semicolon)) break;
    Expr* target = primary();
    check_target(target, "delete");
    targets.add(target);
  } while (accept(Tok::Comma));
  if (targets.size() == 0) fail("invalid syntax");
  made->targets = targets.row<Expr>();
  return finish(made);
}

}  // namespace cupel::python
