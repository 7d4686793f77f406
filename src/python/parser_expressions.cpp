// SPDX-License-Identifier: MIT
// Expressions. See parser.hpp.
#include "python/literals.hpp"
#include "python/parser.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

namespace {

struct Operator {
  int precedence = 0;  ///< 0: no binary operator
  BinaryOp op = BinaryOp::Add;
};

Operator binary_operator(Tok kind) {
  switch (kind) {
    case Tok::Pipe:
      return {1, BinaryOp::Or};
    case Tok::Caret:
      return {2, BinaryOp::Xor};
    case Tok::Amp:
      return {3, BinaryOp::And};
    case Tok::LShift:
      return {4, BinaryOp::LShift};
    case Tok::RShift:
      return {4, BinaryOp::RShift};
    case Tok::Plus:
      return {5, BinaryOp::Add};
    case Tok::Minus:
      return {5, BinaryOp::Sub};
    case Tok::Star:
      return {6, BinaryOp::Mul};
    case Tok::Slash:
      return {6, BinaryOp::Div};
    case Tok::SlashSlash:
      return {6, BinaryOp::FloorDiv};
    case Tok::Percent:
      return {6, BinaryOp::Mod};
    case Tok::At:
      return {6, BinaryOp::MatMul};
    default:
      return {};
  }
}

bool is_comparison(Tok kind) {
  switch (kind) {
    case Tok::Lt:
    case Tok::Le:
    case Tok::EqEq:
    case Tok::NotEq:
    case Tok::Gt:
    case Tok::Ge:
    case Tok::In:
    case Tok::Is:
    case Tok::Not:
      return true;
    default:
      return false;
  }
}

}  // namespace

// --- lists of expressions ---------------------------------------------------------------------

bool Parser::at_expression_end() const {
  switch (now().kind) {
    case Tok::Newline:
    case Tok::End:
    case Tok::RParen:
    case Tok::RBracket:
    case Tok::RBrace:
    case Tok::Assign:
    case Tok::Colon:
    case Tok::Semicolon:
    case Tok::In:
    case Tok::For:
    case Tok::Async:
      return true;
    default:
      return false;
  }
}

// a, *b, c
Expr* Parser::star_expressions() {
  const std::uint32_t start = now().start;
  Expr* first = is(Tok::Yield) ? yield() : star_expression();
  if (!is(Tok::Comma)) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::Comma)) {
    if (at_expression_end()) break;
    items.add(star_expression());
  }
  auto* tuple = node<Tuple>(start);
  tuple->items = items.row<Expr>();
  return finish(tuple);
}

Expr* Parser::star_expression() {
  if (!is(Tok::Star)) return named_expression();
  const std::uint32_t start = take().start;
  auto* starred = node<Starred>(start);
  starred->value = binary(1);
  return finish(starred);
}

Expr* Parser::named_expression() {
  if (is(Tok::Name) && ahead().kind == Tok::Walrus) {
    const Deeper deeper(*this);
    auto* named = node<NamedExpr>(now().start);
    named->target = node<Name>(now().start);
    named->target->id = identifier();
    finish(named->target);
    take();
    named->value = expression();
    return finish(named);
  }
  return expression();
}

Expr* Parser::expression() {
  const Deeper deeper(*this);
  if (is(Tok::Lambda)) return lambda();
  const std::uint32_t start = now().start;
  Expr* body = disjunction();
  if (!is(Tok::If)) return body;
  take();
  auto* choice = node<IfExp>(start);
  choice->body = body;
  choice->condition = disjunction();
  if (!accept(Tok::Else)) fail("expected 'else' after 'if' expression");
  choice->otherwise = expression();
  return finish(choice);
}

Expr* Parser::disjunction() {
  const std::uint32_t start = now().start;
  Expr* first = conjunction();
  if (!is(Tok::Or)) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::Or)) items.add(conjunction());
  auto* made = node<BoolOp>(start);
  made->values = items.row<Expr>();
  return finish(made);
}

Expr* Parser::conjunction() {
  const std::uint32_t start = now().start;
  Expr* first = inversion();
  if (!is(Tok::And)) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::And)) items.add(inversion());
  auto* made = node<BoolOp>(start);
  made->is_and = true;
  made->values = items.row<Expr>();
  return finish(made);
}

Expr* Parser::inversion() {
  if (!is(Tok::Not)) return comparison();
  const Deeper deeper(*this);
  auto* made = node<Unary>(take().start);
  made->op = UnaryOp::Not;
  made->operand = inversion();
  return finish(made);
}

Expr* Parser::comparison() {
  const std::uint32_t start = now().start;
  Expr* left = binary(1);
  if (!is_comparison(now().kind)) return left;
  if (is(Tok::Not) && ahead().kind != Tok::In) return left;
  Items comparators(*this);
  std::vector<CompareOp> ops;
  while (is_comparison(now().kind)) {
    CompareOp op = CompareOp::Eq;
    switch (now().kind) {
      case Tok::Lt:
        op = CompareOp::Lt;
        break;
      case Tok::Le:
        op = CompareOp::Le;
        break;
      case Tok::NotEq:
        op = CompareOp::Ne;
        break;
      case Tok::Gt:
        op = CompareOp::Gt;
        break;
      case Tok::Ge:
        op = CompareOp::Ge;
        break;
      case Tok::In:
        op = CompareOp::In;
        break;
      case Tok::Is:
        op = ahead().kind == Tok::Not ? CompareOp::IsNot : CompareOp::Is;
        break;
      case Tok::Not:
        if (ahead().kind != Tok::In) fail("invalid syntax");
        op = CompareOp::NotIn;
        break;
      default:
        break;
    }
    take();
    if (op == CompareOp::IsNot || op == CompareOp::NotIn) take();
    ops.push_back(op);
    comparators.add(binary(1));
  }
  auto* made = node<Compare>(start);
  made->left = left;
  made->comparators = comparators.row<Expr>();
  made->ops.count = static_cast<std::uint32_t>(ops.size());
  made->ops.data = static_cast<CompareOp*>(arena_.allocate(ops.size(), 1));
  std::copy(ops.begin(), ops.end(), made->ops.data);
  return finish(made);
}

// Precedence climbing; a chain of operators of one level grows to the left without recursion.
Expr* Parser::binary(int least) {
  const std::uint32_t start = now().start;
  Expr* left = unary();
  while (true) {
    const Operator found = binary_operator(now().kind);
    if (found.precedence < least || found.precedence == 0) return left;
    take();
    auto* made = node<Binary>(start);
    made->op = found.op;
    made->left = left;
    made->right = binary(found.precedence + 1);
    left = finish(made);
  }
}

Expr* Parser::unary() {
  UnaryOp op = UnaryOp::Minus;
  switch (now().kind) {
    case Tok::Minus:
      break;
    case Tok::Plus:
      op = UnaryOp::Plus;
      break;
    case Tok::Tilde:
      op = UnaryOp::Invert;
      break;
    default:
      return power();
  }
  const Deeper deeper(*this);
  auto* made = node<Unary>(take().start);
  made->op = op;
  made->operand = unary();
  return finish(made);
}

Expr* Parser::power() {
  const std::uint32_t start = now().start;
  Expr* base = nullptr;
  if (is(Tok::Await)) {
    auto* awaited = node<Await>(take().start);
    awaited->value = primary();
    base = finish(awaited);
  } else {
    base = primary();
  }
  if (!is(Tok::StarStar)) return base;
  const Deeper deeper(*this);
  take();
  auto* made = node<Binary>(start);
  made->op = BinaryOp::Pow;
  made->left = base;
  made->right = unary();
  return finish(made);
}

// --- primaries --------------------------------------------------------------------------------

Expr* Parser::primary() { return primary_rest(atom()); }

Expr* Parser::primary_rest(Expr* left) {
  const std::uint32_t start = left->start;
  std::size_t length = 0;
  while (true) {
    if (++length > kMaxSyntaxDepth) fail("too many calls or attributes in one chain");
    if (is(Tok::Dot)) {
      take();
      auto* made = node<Attribute>(start);
      made->value = left;
      made->name = identifier();
      left = finish(made);
    } else if (is(Tok::LParen)) {
      auto* made = node<Call>(start);
      made->function = left;
      call_arguments(made->positional, made->keywords);
      left = finish(made);
    } else if (is(Tok::LBracket)) {
      take();
      auto* made = node<Subscript>(start);
      made->value = left;
      made->index = subscript_index();
      expect(Tok::RBracket, "']'");
      left = finish(made);
    } else {
      return left;
    }
  }
}

void Parser::call_arguments(Row<Expr*>& positional, Row<Keyword*>& keywords) {
  const Deeper deeper(*this);
  const Token open = expect(Tok::LParen, "'('");
  std::vector<Expr*> plain;
  std::vector<Keyword*> named;
  bool unpacked = false;
  while (!is(Tok::RParen)) {
    const std::uint32_t start = now().start;
    if (is(Tok::StarStar)) {
      take();
      auto* keyword = node<Keyword>(start);
      keyword->value = expression();
      named.push_back(finish(keyword));
      unpacked = true;
    } else if (is(Tok::Name) && ahead().kind == Tok::Assign) {
      auto* keyword = node<Keyword>(start);
      keyword->name = identifier();
      take();
      keyword->value = expression();
      finish(keyword);
      for (const Keyword* other : named) {
        if (other->name == keyword->name) {
          fail_at(*keyword, "keyword argument repeated: " + std::string(keyword->name));
        }
      }
      named.push_back(keyword);
    } else {
      Expr* value = star_expression();
      if (is(Tok::For) || is(Tok::Async)) {
        auto* made = node<Comprehension>(start);
        made->type = ComprehensionKind::Generator;
        made->element = value;
        made->generators = generators();
        value = finish(made);
        if (!plain.empty() || !is(Tok::RParen)) {
          if (!(plain.empty() && is(Tok::Comma) && ahead().kind == Tok::RParen)) {
            fail_at(*value, "Generator expression must be parenthesized");
          }
        }
        if (plain.empty() && is(Tok::RParen)) value->start = open.start;
      } else if (is(Tok::Assign)) {
        fail_at(*value, "expression cannot contain assignment, perhaps you meant \"==\"?");
      } else if (value->kind != ExprKind::Starred) {
        if (unpacked) {
          fail_at(*value, "positional argument follows keyword argument unpacking");
        }
        if (!named.empty()) fail_at(*value, "positional argument follows keyword argument");
      }
      plain.push_back(value);
    }
    if (!accept(Tok::Comma)) break;
  }
  if (!is(Tok::RParen)) {
    if (is(Tok::End) || is(Tok::Newline)) {
      syntax_error("'(' was never closed", open.start, open.start + 1);
    }
    fail(plain.empty() ? "invalid syntax" : "invalid syntax. Perhaps you forgot a comma?");
  }
  take();
  Items items(*this);
  for (Expr* value : plain) items.add(value);
  positional = items.row<Expr>();
  Items pairs(*this);
  for (Keyword* keyword : named) pairs.add(keyword);
  keywords = pairs.row<Keyword>();
  if (!plain.empty() && plain.size() == 1 && plain[0]->kind == ExprKind::Comprehension &&
      plain[0]->start == open.start) {
    plain[0]->end = last_end();
  }
}

Expr* Parser::subscript_index() {
  const std::uint32_t start = now().start;
  Expr* first = slice();
  if (!is(Tok::Comma) && first->kind != ExprKind::Starred) return first;
  Items items(*this);
  items.add(first);
  while (accept(Tok::Comma)) {
    if (is(Tok::RBracket)) break;
    items.add(slice());
  }
  auto* tuple = node<Tuple>(start);
  tuple->items = items.row<Expr>();
  return finish(tuple);
}

Expr* Parser::slice() {
  const std::uint32_t start = now().start;
  Expr* lower = nullptr;
  if (!is(Tok::Colon)) {
    lower = star_expression();
    if (!is(Tok::Colon)) return lower;
  }
  take();
  auto* made = node<Slice>(start);
  made->lower = lower;
  if (!is(Tok::Colon) && !is(Tok::RBracket) && !is(Tok::Comma)) made->upper = expression();
  if (accept(Tok::Colon) && !is(Tok::RBracket) && !is(Tok::Comma)) made->step = expression();
  return finish(made);
}

}  // namespace cupel::python
