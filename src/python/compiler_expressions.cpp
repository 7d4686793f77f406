// SPDX-License-Identifier: MIT
// Expressions. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void Compiler::visit(Expr& node) {
  at(node);
  switch (node.kind) {
    case ExprKind::Constant:
      return load_constant(as<Constant>(node));
    case ExprKind::JoinedStr:
      return joined(as<JoinedStr>(node).parts);
    case ExprKind::FormattedValue:
      return formatted(as<FormattedValue>(node));
    case ExprKind::Name:
      return load_name(as<Name>(node).id);
    case ExprKind::Attribute:
      visit(*as<Attribute>(node).value);
      at(node);
      return emit(Op::LoadAttr, name_index(as<Attribute>(node).name));
    case ExprKind::Subscript:
      visit(*as<Subscript>(node).value);
      visit(*as<Subscript>(node).index);
      at(node);
      return emit(Op::Subscript);
    case ExprKind::Slice: {
      auto& slice = as<Slice>(node);
      const auto part = [&](Expr* value) {
        value != nullptr ? visit(*value) : load(Value::none());
      };
      part(slice.lower);
      part(slice.upper);
      if (slice.step != nullptr) visit(*slice.step);
      return emit(Op::BuildSlice, slice.step != nullptr ? 3 : 2);
    }
    case ExprKind::Call:
      return call(as<ast::Call>(node));
    case ExprKind::Unary: {
      auto& unary = as<Unary>(node);
      Value folded;
      if (constant_value(node, folded)) return load(std::move(folded));
      visit(*unary.operand);
      at(node);
      switch (unary.op) {
        case UnaryOp::Not:
          return emit(Op::Not);
        case UnaryOp::Minus:
          return emit(Op::Negative);
        case UnaryOp::Plus:
          return emit(Op::Positive);
        case UnaryOp::Invert:
          return emit(Op::Invert);
      }
      return;
    }
    case ExprKind::Binary:
      return binary(as<Binary>(node));
    case ExprKind::BoolOp:
      return bool_op(as<BoolOp>(node));
    case ExprKind::Compare:
      return compare(as<Compare>(node));
    case ExprKind::IfExp: {
      auto& choice = as<IfExp>(node);
      Label otherwise, end;
      jump_if(*choice.condition, false, otherwise);
      visit(*choice.body);
      jump(Op::Jump, end);
      place(otherwise);
      visit(*choice.otherwise);
      return place(end);
    }
    case ExprKind::Lambda:
      return lambda(as<Lambda>(node));
    case ExprKind::Tuple: {
      Value folded;
      if (constant_value(node, folded)) return load(std::move(folded));
      auto& list = as<ast::Tuple>(node).items;
      for (Expr* item : list) {
        if (item->kind == ExprKind::Starred) {
          items(list, Op::BuildList, Op::ListAppend, Op::ListExtend);
          return emit(Op::ListToTuple);
        }
      }
      for (Expr* item : list) visit(*item);
      at(node);
      return emit(Op::BuildTuple, list.count);
    }
    case ExprKind::List:
      return items(as<ast::List>(node).items, Op::BuildList, Op::ListAppend, Op::ListExtend);
    case ExprKind::Set:
      return items(as<ast::Set>(node).items, Op::BuildSet, Op::SetAdd, Op::SetUpdate);
    case ExprKind::Dict:
      return dict(as<ast::Dict>(node));
    case ExprKind::Comprehension:
      return comprehension(as<Comprehension>(node));
    case ExprKind::Await:
      visit(*as<Await>(node).value);
      return emit(Op::Await);
    case ExprKind::Yield: {
      auto& yield = as<Yield>(node);
      if (yield.value != nullptr) {
        visit(*yield.value);
      } else {
        load(Value::none());
      }
      at(node);
      return emit(Op::Yield);
    }
    case ExprKind::YieldFrom:
      visit(*as<YieldFrom>(node).value);
      at(node);
      emit(Op::GetYieldFrom);
      load(Value::none());
      emit(Op::YieldFrom);
      return adjust(-1);
    case ExprKind::Starred:
      syntax_error("can't use starred expression here", node.start, node.end);
    case ExprKind::NamedExpr:
      visit(*as<NamedExpr>(node).value);
      emit(Op::Dup);
      return store_name(as<NamedExpr>(node).target->id);
  }
}

// --- constants --------------------------------------------------------------------------------

void Compiler::load_constant(const Constant& node) {
  switch (node.type) {
    case ConstantKind::None:
      return load(Value::none());
    case ConstantKind::True:
      return load(Value(true));
    case ConstantKind::False:
      return load(Value(false));
    case ConstantKind::Ellipsis:
      return load(Value::ellipsis());
    case ConstantKind::Int: {
      const auto [it, added] = unit_->integers.try_emplace(node.integer, 0);
      if (added) it->second = constant(Value(node.integer));
      return emit(Op::LoadConst, it->second);
    }
    case ConstantKind::Str:
      return load_text(node.text);
    default:
      break;
  }
  Value value;
  constant_value(const_cast<Constant&>(node), value);
  load(std::move(value));
}

// Literals, negative numbers, and tuples of them.
bool Compiler::constant_value(Expr& node, Value& out) {
  if (const auto* literal = try_as<Constant>(&node)) {
    switch (literal->type) {
      case ConstantKind::None:
        out = Value::none();
        return true;
      case ConstantKind::True:
        out = Value(true);
        return true;
      case ConstantKind::False:
        out = Value(false);
        return true;
      case ConstantKind::Ellipsis:
        out = Value::ellipsis();
        return true;
      case ConstantKind::Int:
        out = Value(literal->integer);
        return true;
      case ConstantKind::Float:
        out = Value(literal->real);
        return true;
      case ConstantKind::Str:
        out = literal->text.size() > 64 ? make_str(in_, literal->text)
                                        : Value(in_.intern(literal->text));
        return true;
      case ConstantKind::Bytes:
        out = make_bytes(in_, literal->text);
        return true;
      case ConstantKind::BigInt: {
        std::string_view digits = literal->text;
        unsigned base = 10;
        if (digits.size() > 2 && digits[0] == '0') {
          const char c = static_cast<char>(digits[1] | 32);
          base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
          if (base != 10) digits.remove_prefix(2);
        }
        try {
          out = make_int(in_, BigInt::parse(digits, base).value());
        } catch (const BigInt::TooLarge&) {
          syntax_error("integer literal is too large", node.start, node.end);
        }
        return true;
      }
    }
  }
  if (const auto* unary = try_as<Unary>(&node)) {
    const auto* operand = try_as<Constant>(unary->operand);
    if (unary->op != UnaryOp::Minus || operand == nullptr) return false;
    if (operand->type == ConstantKind::Float) {
      out = Value(-operand->real);
      return true;
    }
    if (operand->type != ConstantKind::Int) return false;
    out = Value(-operand->integer);
    return true;
  }
  if (const auto* tuple = try_as<ast::Tuple>(&node)) {
    Values made;
    for (Expr* item : tuple->items) {
      if (!constant_value(*item, made.emplace_back())) return false;
    }
    out = make_tuple(in_, std::move(made));
    return true;
  }
  return false;
}

// --- operators --------------------------------------------------------------------------------

// A chain a + b + c is a tree that grows to the left: walked down by a loop.
void Compiler::binary(Binary& node) {
  std::vector<Binary*> chain{&node};
  while (auto* left = try_as<Binary>(chain.back()->left)) chain.push_back(left);
  visit(*chain.back()->left);
  for (std::size_t i = chain.size(); i-- > 0;) {
    visit(*chain[i]->right);
    at(*chain[i]);
    emit(Op::Binary, static_cast<std::uint32_t>(chain[i]->op));
  }
}

void Compiler::bool_op(BoolOp& node) {
  Label end;
  for (std::size_t i = 0; i < node.values.size(); ++i) {
    visit(*node.values[i]);
    if (i + 1 < node.values.size()) {
      jump(node.is_and ? Op::JumpIfFalseOrPop : Op::JumpIfTrueOrPop, end);
    }
  }
  place(end);
}

namespace {

void emit_compare_op(CompareOp op, Op& out, std::uint32_t& argument) {
  switch (op) {
    case CompareOp::Is:
      out = Op::Is;
      argument = 0;
      return;
    case CompareOp::IsNot:
      out = Op::Is;
      argument = 1;
      return;
    case CompareOp::In:
      out = Op::In;
      argument = 0;
      return;
    case CompareOp::NotIn:
      out = Op::In;
      argument = 1;
      return;
    default:
      out = Op::Compare;
      argument = static_cast<std::uint32_t>(op);
      return;
  }
}

}  // namespace

void Compiler::compare(Compare& node) {
  Label end;
  visit(*node.left);
  const std::size_t count = node.ops.size();
  Op op = Op::Compare;
  std::uint32_t argument = 0;
  for (std::size_t i = 0; i < count; ++i) {
    visit(*node.comparators[i]);
    at(node);
    emit_compare_op(node.ops[i], op, argument);
    if (i + 1 == count) {
      emit(op, argument);
      break;
    }
    emit(Op::Dup);
    emit(Op::Rot3);
    emit(op, argument);
    jump(Op::JumpIfFalseOrPop, end);
  }
  if (count == 1) return;
  Label done;
  jump(Op::Jump, done);
  place(end);
  emit(Op::Swap);
  emit(Op::Pop);
  place(done);
}

// Jumps if the value is true (or false); `and`, `or` and `not` become jumps themselves.
void Compiler::jump_if(Expr& node, bool when, Label& label) {
  if (auto* unary = try_as<Unary>(&node); unary != nullptr && unary->op == UnaryOp::Not) {
    return jump_if(*unary->operand, !when, label);
  }
  if (auto* bool_op = try_as<BoolOp>(&node)) {
    if (bool_op->is_and != when) {  // the first value that decides, decides for the jump
      for (Expr* value : bool_op->values) jump_if(*value, when, label);
      return;
    }
    Label stay;
    for (std::size_t i = 0; i + 1 < bool_op->values.size(); ++i) {
      jump_if(*bool_op->values[i], !when, stay);
    }
    jump_if(*bool_op->values[bool_op->values.size() - 1], when, label);
    if (stay.depth < 0) stay.depth = unit_->depth;
    return place(stay);
  }
  visit(node);
  at(node);
  jump(when ? Op::JumpIfTrue : Op::JumpIfFalse, label);
}

// --- calls ------------------------------------------------------------------------------------

void Compiler::call(ast::Call& node) {
  bool stars = false;
  for (Expr* item : node.positional) stars = stars || item->kind == ExprKind::Starred;
  for (Keyword* keyword : node.keywords) stars = stars || keyword->name.empty();
  auto* method = stars ? nullptr : try_as<Attribute>(node.function);
  if (method != nullptr) {
    visit(*method->value);
    at(*method);
    emit(Op::LoadMethod, name_index(method->name));
  } else {
    visit(*node.function);
  }
  if (stars) {
    arguments_with_stars(node.positional, node.keywords);
    at(node);
    return emit(Op::CallStar, 1);
  }
  for (Expr* item : node.positional) visit(*item);
  const auto count = static_cast<std::uint32_t>(node.positional.size() + node.keywords.size());
  if (node.keywords.empty()) {
    at(node);
    return emit(method != nullptr ? Op::CallMethod : Op::Call, count);
  }
  Values names;
  for (Keyword* keyword : node.keywords) {
    visit(*keyword->value);
    names.push_back(Value(in_.intern(keyword->name)));
  }
  at(node);
  load(make_tuple(in_, std::move(names)));
  emit(method != nullptr ? Op::CallMethodKeywords : Op::CallKeywords, count);
}

// A tuple of the positional arguments and a dict of the others.
void Compiler::arguments_with_stars(const Row<Expr*>& positional, const Row<Keyword*>& keywords) {
  items(positional, Op::BuildList, Op::ListAppend, Op::ListExtend);
  emit(Op::ListToTuple);
  emit(Op::BuildDict, 0);
  for (Keyword* keyword : keywords) {
    at(*keyword);
    if (keyword->name.empty()) {
      visit(*keyword->value);
      emit(Op::DictMerge);
    } else {
      load_text(keyword->name);
      visit(*keyword->value);
      emit(Op::BuildDict, 1);
      emit(Op::DictMerge);
    }
  }
}

}  // namespace cupel::python
