// SPDX-License-Identifier: MIT
// The match statement. A pattern takes the value on top of the stack; where it does not fit it
// jumps away with everything above `base` taken off. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void Compiler::match(Match& node) {
  Label end;
  visit(*node.subject);
  const std::int64_t base = unit_->depth;
  unit_->blocks.push_back(
      {Block::Kind::Value, nullptr, nullptr, nullptr, {}, &node, unit_->regions.size()});
  for (Case* one : node.cases) {
    Label next;
    next.depth = base;
    at(*one->pattern);
    emit(Op::Dup);
    pattern(*one->pattern, next, base);
    if (one->guard != nullptr) jump_if(*one->guard, false, next);
    const Block subject = unit_->blocks.back();
    unit_->blocks.pop_back();
    emit(Op::Pop);
    body(one->body);
    end.depth = base - 1;
    jump(Op::Jump, end);
    unit_->blocks.push_back(subject);
    place(next);
  }
  unit_->blocks.pop_back();
  emit(Op::Pop);
  place(end);
}

// Takes a bool off the stack; goes on if it is true.
void Compiler::fail_unless(Label& fail, std::int64_t base) {
  if (unit_->depth - 1 == base) return jump(Op::JumpIfFalse, fail);
  Label ok;
  jump(Op::JumpIfTrue, ok);
  const std::int64_t depth = unit_->depth;
  while (unit_->depth > base) emit(Op::Pop);
  jump(Op::Jump, fail);
  unit_->depth = depth;
  place(ok);
}

void Compiler::pattern(Pattern& node, Label& fail, std::int64_t base) {
  at(node);
  switch (node.kind) {
    case PatternKind::Value: {
      const auto* literal = try_as<Constant>(node.value);
      const bool identity = literal != nullptr && (literal->type == ConstantKind::None ||
                                                   literal->type == ConstantKind::True ||
                                                   literal->type == ConstantKind::False);
      visit(*node.value);
      if (identity) {
        emit(Op::Is, 0);
      } else {
        emit(Op::Compare, static_cast<std::uint32_t>(CompareOp::Eq));
      }
      return fail_unless(fail, base);
    }
    case PatternKind::Capture:
    case PatternKind::Star:
      if (node.name.empty()) return emit(Op::Pop);
      return store_name(node.name);
    case PatternKind::Sequence:
      return sequence_pattern(node, fail, base);
    case PatternKind::Mapping:
      return mapping_pattern(node, fail, base);
    case PatternKind::Class:
      return class_pattern(node, fail, base);
    case PatternKind::As:
      emit(Op::Dup);
      pattern(*node.items[0], fail, base);
      return store_name(node.name);
    case PatternKind::Or:
      return or_pattern(node, fail, base);
  }
}

void Compiler::sequence_pattern(Pattern& node, Label& fail, std::int64_t base) {
  std::uint32_t star = node.items.count;
  for (std::uint32_t i = 0; i < node.items.count; ++i) {
    if (node.items[i]->kind == PatternKind::Star) star = i;
  }
  const bool has_star = star != node.items.count;
  const std::uint32_t least = node.items.count - (has_star ? 1 : 0);
  emit(Op::MatchSequence, least << 1 | (has_star ? 1 : 0));
  fail_unless(fail, base);
  if (has_star) {
    const std::uint32_t after = node.items.count - star - 1;
    if (star > 255 || after > 255) syntax_error("too many patterns", node.start, node.end);
    emit(Op::UnpackStar, star | after << 8);
  } else {
    emit(Op::Unpack, node.items.count);
  }
  for (Pattern* item : node.items) pattern(*item, fail, base);
}

void Compiler::mapping_pattern(Pattern& node, Label& fail, std::int64_t base) {
  emit(Op::MatchMapping, 0);
  fail_unless(fail, base);
  const auto keys = [&] {
    for (Expr* key : node.keys) visit(*key);
    emit(Op::BuildTuple, node.keys.count);
  };
  const bool rest = !node.name.empty();
  if (rest) emit(Op::Dup);
  keys();
  emit(Op::MatchKeys);  // the subject becomes a tuple of the values, or None
  emit(Op::Dup);
  load(Value::none());
  emit(Op::Is, 1);
  fail_unless(fail, base);
  emit(Op::Unpack, node.items.count);
  for (Pattern* item : node.items) pattern(*item, fail, base);
  if (!rest) return;
  keys();
  emit(Op::MatchMapping, 1);  // a dict of the other items
  store_name(node.name);
}

void Compiler::class_pattern(Pattern& node, Label& fail, std::int64_t base) {
  visit(*node.value);
  Values names;
  for (const std::string_view name : node.names) names.push_back(Value(in_.intern(name)));
  load(make_tuple(in_, std::move(names)));
  emit(Op::MatchClass, node.items.count);  // a tuple of the attributes, or None
  emit(Op::Dup);
  load(Value::none());
  emit(Op::Is, 1);
  fail_unless(fail, base);
  emit(Op::Unpack, node.items.count + node.keyword_items.count);
  for (Pattern* item : node.items) pattern(*item, fail, base);
  for (Pattern* item : node.keyword_items) pattern(*item, fail, base);
}

void Compiler::or_pattern(Pattern& node, Label& fail, std::int64_t base) {
  Label end;
  const std::int64_t depth = unit_->depth;
  for (std::size_t i = 0; i + 1 < node.items.size(); ++i) {
    Label next;
    next.depth = depth;
    emit(Op::Dup);
    pattern(*node.items[i], next, depth);
    emit(Op::Pop);
    end.depth = depth - 1;
    jump(Op::Jump, end);
    place(next);
  }
  unit_->depth = depth;
  pattern(*node.items[node.items.size() - 1], fail, base);
  place(end);
}

}  // namespace cupel::python
