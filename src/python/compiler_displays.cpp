// SPDX-License-Identifier: MIT
// Displays, f-strings, comprehensions, lambdas and targets. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

// --- displays ---------------------------------------------------------------------------------

void Compiler::items(const Row<Expr*>& list, Op build, Op add, Op extend) {
  std::uint32_t plain = 0;
  bool built = false;
  // Long lists are built in parts, so that the stack stays small.
  constexpr std::uint32_t kPart = 256;
  for (Expr* item : list) {
    if (item->kind == ExprKind::Starred || plain == kPart) {
      if (!built) emit(build, plain);
      built = true;
      plain = 0;
    }
    if (item->kind == ExprKind::Starred) {
      visit(*as<Starred>(*item).value);
      at(*item);
      emit(extend, 1);
      continue;
    }
    visit(*item);
    if (built) {
      emit(add, 1);
    } else {
      ++plain;
    }
  }
  if (!built) emit(build, plain);
}

void Compiler::dict(ast::Dict& node) {
  const Code::Range position = position_;
  std::uint32_t plain = 0;
  bool built = false;
  for (std::size_t i = 0; i < node.values.size(); ++i) {
    Expr* key = node.keys[i];
    if (key == nullptr || plain == 128) {
      if (!built) emit(Op::BuildDict, plain);
      built = true;
    }
    if (key == nullptr) {
      visit(*node.values[i]);
      emit(Op::DictUpdate);
      continue;
    }
    visit(*key);
    visit(*node.values[i]);
    if (built) {
      emit(Op::DictAdd, 1);
    } else {
      ++plain;
    }
  }
  position_ = position;
  if (!built) emit(Op::BuildDict, plain);
}

void Compiler::joined(const Row<Expr*>& parts) {
  if (parts.empty()) return load_text("");
  for (Expr* part : parts) visit(*part);
  emit(Op::BuildString, parts.count);
}

void Compiler::formatted(FormattedValue& node) {
  visit(*node.value);
  std::uint32_t flags = node.conversion == 's'   ? 1
                        : node.conversion == 'r' ? 2
                        : node.conversion == 'a' ? 3
                                                 : 0;
  if (node.format != nullptr) {
    visit(*node.format);
    flags |= 4;
  }
  at(node);
  emit(Op::Format, flags);
}

// --- functions inside expressions -------------------------------------------------------------

void Compiler::lambda(Lambda& node) {
  std::uint32_t flags = 0;
  defaults(node.parameters, flags);
  Unit unit;
  open_unit(unit, file_->scopes->of(&node), "<lambda>", node.start);
  set_parameters(node.parameters);
  visit(*node.body);
  emit(Op::Return);
  Value code = close_unit();
  at(node);
  make_function(std::move(code), flags);
}

void Compiler::comprehension(Comprehension& node) {
  const char* const kNames[] = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"};
  Unit unit;
  const Code::Range position = position_;
  open_unit(unit, file_->scopes->of(&node), kNames[static_cast<int>(node.type)], node.start);
  unit.code->parameters.names.push_back(Value(in_.intern(".0")));
  unit.code->parameters.positional = 1;
  switch (node.type) {
    case ComprehensionKind::List:
      emit(Op::BuildList, 0);
      break;
    case ComprehensionKind::Set:
      emit(Op::BuildSet, 0);
      break;
    case ComprehensionKind::Dict:
      emit(Op::BuildDict, 0);
      break;
    case ComprehensionKind::Generator:
      break;
  }
  comprehension_loop(node, 0);
  if (node.type == ComprehensionKind::Generator) load(Value::none());
  emit(Op::Return);
  Value code = close_unit();
  position_ = position;
  make_function(std::move(code), 0);
  visit(*node.generators[0]->iterable);
  at(*node.generators[0]->iterable);
  emit(node.generators[0]->is_async ? Op::GetAsyncIter : Op::GetIter);
  position_ = position;
  emit(Op::Call, 1);
}

void Compiler::comprehension_loop(Comprehension& node, std::size_t index) {
  ast::Generator& generator = *node.generators[index];
  Label start, end;
  if (index == 0) {
    emit(Op::LoadFast, 0);
  } else {
    visit(*generator.iterable);
    at(*generator.iterable);
    emit(generator.is_async ? Op::GetAsyncIter : Op::GetIter);
  }
  place(start);
  at(*generator.iterable);
  jump(Op::ForIter, end);
  store(*generator.target);
  for (Expr* condition : generator.conditions) jump_if(*condition, false, start);
  if (index + 1 < node.generators.size()) {
    comprehension_loop(node, index + 1);
  } else {
    // The container lies below the iterators of all loops.
    const auto distance = static_cast<std::uint32_t>(node.generators.size() + 1);
    visit(*node.element);
    switch (node.type) {
      case ComprehensionKind::List:
        emit(Op::ListAppend, distance);
        break;
      case ComprehensionKind::Set:
        emit(Op::SetAdd, distance);
        break;
      case ComprehensionKind::Dict:
        visit(*node.value);
        emit(Op::DictAdd, distance);
        break;
      case ComprehensionKind::Generator:
        emit(Op::Yield);
        emit(Op::Pop);
        break;
    }
  }
  jump(Op::Jump, start);
  place(end);
}

// --- targets ----------------------------------------------------------------------------------

void Compiler::store(Expr& node) {
  at(node);
  switch (node.kind) {
    case ExprKind::Name:
      return store_name(as<Name>(node).id);
    case ExprKind::Attribute:
      visit(*as<Attribute>(node).value);
      at(node);
      return emit(Op::StoreAttr, name_index(as<Attribute>(node).name));
    case ExprKind::Subscript:
      visit(*as<Subscript>(node).value);
      visit(*as<Subscript>(node).index);
      at(node);
      return emit(Op::StoreSubscript);
    case ExprKind::Starred:
      return store(*as<Starred>(node).value);
    case ExprKind::Tuple:
      return unpack(as<ast::Tuple>(node).items, node);
    default:
      return unpack(as<ast::List>(node).items, node);
  }
}

void Compiler::unpack(const Row<Expr*>& list, const Node& node) {
  std::uint32_t star = list.count;
  for (std::uint32_t i = 0; i < list.count; ++i) {
    if (list[i]->kind == ExprKind::Starred) star = i;
  }
  at(node);
  if (star == list.count) {
    emit(Op::Unpack, list.count);
  } else {
    const std::uint32_t after = list.count - star - 1;
    if (star > 255 || after > 255)
      syntax_error("too many expressions in star-unpacking assignment", node.start, node.end);
    emit(Op::UnpackStar, star | after << 8);
  }
  for (Expr* item : list) store(*item);
}

}  // namespace cupel::python
