// SPDX-License-Identifier: MIT
// Units, instructions and names. See compiler.hpp.
#include "python/compiler.hpp"

#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

namespace {

// finally blocks are written once for each way out; nested ones multiply. No real file comes near
// this.
constexpr std::size_t kMaxInstructions = 4'000'000;

/// Marks a jump of a label that is an entry of the handlers' table.
constexpr std::uint32_t kHandlerEntry = 0x80000000;

/// How the stack grows; jumps and calls are handled where they are written.
std::int64_t effect(Op op, std::uint32_t argument) {
  const auto n = static_cast<std::int64_t>(argument);
  switch (op) {
    case Op::Pop:
    case Op::StoreFast:
    case Op::StoreDeref:
    case Op::StoreGlobal:
    case Op::StoreName:
    case Op::StoreAnnotation:
    case Op::DeleteAttr:
    case Op::Subscript:
    case Op::Binary:
    case Op::Inplace:
    case Op::Compare:
    case Op::Is:
    case Op::In:
    case Op::ListAppend:
    case Op::ListExtend:
    case Op::SetAdd:
    case Op::SetUpdate:
    case Op::DictUpdate:
    case Op::DictMerge:
    case Op::JumpIfFalse:
    case Op::JumpIfTrue:
    case Op::JumpIfFalseOrPop:
    case Op::JumpIfTrueOrPop:
    case Op::PopException:
    case Op::Poison:
    case Op::ImportStar:
    case Op::MatchKeys:
    case Op::Return:
      return -1;
    case Op::StoreAttr:
    case Op::DeleteSubscript:
    case Op::DictAdd:
      return -2;
    case Op::StoreSubscript:
      return -3;
    case Op::Dup:
    case Op::Copy:
    case Op::LoadConst:
    case Op::LoadFast:
    case Op::LoadDeref:
    case Op::LoadClassDeref:
    case Op::LoadCell:
    case Op::LoadGlobal:
    case Op::LoadName:
    case Op::LoadMethod:
    case Op::ForIter:
    case Op::PushException:
    case Op::BeforeWith:
    case Op::Import:
    case Op::ImportFrom:
    case Op::AssertError:
    case Op::Length:
    case Op::MatchSequence:
      return 1;
    case Op::Dup2:
      return 2;
    case Op::BuildSlice:
      return n == 3 ? -2 : -1;
    case Op::BuildTuple:
    case Op::BuildList:
    case Op::BuildSet:
    case Op::BuildString:
      return 1 - n;
    case Op::BuildDict:
      return 1 - 2 * n;
    case Op::Format:
      return (n & 4) != 0 ? -1 : 0;
    case Op::Unpack:
      return n - 1;
    case Op::UnpackStar:
      return (n & 0xFF) + (n >> 8);
    case Op::Call:
      return -n;
    case Op::CallMethod:
      return -n - 1;
    case Op::CallKeywords:
      return -n - 1;
    case Op::CallMethodKeywords:
      return -n - 2;
    case Op::CallStar:
      return (n & 1) != 0 ? -2 : -1;
    case Op::MakeFunction:
      return -((n & 1) + (n >> 1 & 1) + (n >> 2 & 1) + (n >> 3 & 1));
    case Op::MakeClass:
      return -3;
    case Op::Raise:
      return -n;
    case Op::Reraise:
      return n == 0 ? -1 : -2;
    case Op::ExitWith:
      return n == 0 ? -1 : 1;
    case Op::MatchMapping:
      return n == 0 ? 1 : -1;
    case Op::MatchClass:
      return -2;
    default:
      return 0;
  }
}

}  // namespace

Compiler::Compiler(Interpreter& in, std::shared_ptr<CompiledFile> file)
    : in_(in), file_(std::move(file)) {}

Value Compiler::run(bool expression, bool tolerant) {
  Unit unit;
  open_unit(unit, file_->scopes->of(nullptr), "<module>", 0);
  if (expression) {
    visit(*as<Expression>(*file_->tree->body[0]).value);
    emit(Op::Return);
    return close_unit();
  }
  const Body& statements = file_->tree->body;
  if (!statements.empty()) {
    auto* first = try_as<Expression>(statements[0]);
    auto* doc = first == nullptr ? nullptr : try_as<Constant>(first->value);
    if (doc != nullptr && doc->type == ConstantKind::Str) {
      load_text(doc->text);
      store_name("__doc__");
    }
  }
  if (tolerant) {
    tolerant_body(statements);
  } else {
    body(statements);
  }
  load(Value::none());
  emit(Op::Return);
  return close_unit();
}

// --- units ------------------------------------------------------------------------------------

void Compiler::open_unit(Unit& unit, Scope& scope, std::string_view name, std::uint32_t offset) {
  unit.scope = &scope;
  unit.outer = unit_;
  unit.holder = make<Code>(types(in_).code);
  unit.code = unit.holder.as<Code>();
  Code& code = *unit.code;
  code.name = in_.intern(name);
  unit.qualified_name = name;
  if (unit_ != nullptr && unit_->outer != nullptr) {
    unit.qualified_name = unit_->qualified_name +
                          (unit_->scope->is_function() ? ".<locals>." : ".") + std::string(name);
  }
  code.qualified_name = in_.intern(unit.qualified_name);
  code.source = file_->source;
  code.first_offset = offset;
  code.generator = scope.generator;
  code.is_async = scope.async;
  code.takes_names = !scope.is_function();
  unit_ = &unit;
  const auto is_free = [&](const Symbol& symbol) {
    return symbol.place == Place::Free || symbol.passes;
  };
  for (const std::string_view symbol_name : scope.order) {
    const Symbol& symbol = scope.symbols.at(symbol_name);
    if (scope.is_function() &&
        (symbol.place == Place::Local || (symbol.place == Place::Cell && symbol.parameter))) {
      unit.slots.emplace(symbol_name, static_cast<std::uint32_t>(code.locals.size()));
      code.locals.push_back(in_.intern(symbol_name));
    }
    if (symbol.place == Place::Cell) {
      unit.cells.emplace(symbol_name, static_cast<std::uint32_t>(code.cells.size()));
      code.cells.push_back(in_.intern(symbol_name));
      code.cell_parameters.push_back(
          symbol.parameter ? static_cast<std::int32_t>(unit.slots.at(symbol_name)) : -1);
    }
  }
  if (scope.kind == Scope::Kind::Class && scope.uses_class_cell &&
      !unit.cells.contains("__class__")) {
    unit.cells.emplace("__class__", static_cast<std::uint32_t>(code.cells.size()));
    code.cells.push_back(in_.intern("__class__"));
    code.cell_parameters.push_back(-1);
  }
  for (const std::string_view symbol_name : scope.order) {
    if (!is_free(scope.symbols.at(symbol_name))) continue;
    if (unit.cells.contains(symbol_name)) continue;
    unit.cells.emplace(symbol_name,
                       static_cast<std::uint32_t>(code.cells.size() + code.frees.size()));
    code.frees.push_back(in_.intern(symbol_name));
  }
}

Value Compiler::close_unit() {
  Value made = unit_->holder;
  unit_ = unit_->outer;
  return made;
}

// --- instructions -----------------------------------------------------------------------------

void Compiler::adjust(std::int64_t change) {
  unit_->depth += change;
  if (unit_->depth > static_cast<std::int64_t>(unit_->code->stack_size)) {
    unit_->code->stack_size = static_cast<std::uint32_t>(unit_->depth);
  }
}

void Compiler::emit(Op op, std::uint32_t argument) {
  if (argument > 0xFFFFFF || ++written_ > kMaxInstructions) {
    syntax_error("the file is too large or too deeply nested to run", position_.start,
                 position_.end);
  }
  unit_->code->code.push_back(static_cast<std::uint32_t>(op) | argument << 8);
  unit_->code->ranges.push_back(position_);
  // What is pushed before the rest is popped needs room, too.
  adjust(effect(op, argument));
}

void Compiler::jump(Op op, Label& label) {
  if (label.at >= 0) return emit(op, static_cast<std::uint32_t>(label.at));
  label.jumps.push_back(here());
  const std::int64_t before = unit_->depth;
  emit(op, 0);
  // On the way taken: OrPop keeps the value, the end of a loop pops the iterator.
  const std::int64_t taken = op == Op::JumpIfFalseOrPop || op == Op::JumpIfTrueOrPop ? before
                             : op == Op::ForIter                                     ? before - 1
                                                                                     : unit_->depth;
  if (label.depth < 0) label.depth = taken;
}

void Compiler::place(Label& label) {
  label.at = here();
  if (label.depth >= 0) unit_->depth = label.depth;
  for (const std::uint32_t from : label.jumps) {
    if ((from & kHandlerEntry) != 0) {
      unit_->code->handlers[from & ~kHandlerEntry].target = here();
      continue;
    }
    if (here() > 0xFFFFFF)
      syntax_error("the function is too large", position_.start, position_.end);
    unit_->code->code[from] = (unit_->code->code[from] & 0xFF) | here() << 8;
  }
  label.jumps.clear();
}

std::size_t Compiler::open_region(Label& handler) {
  handler.depth = unit_->depth + 1;
  unit_->regions.push_back({&handler, static_cast<std::uint32_t>(unit_->depth), here()});
  return unit_->regions.size() - 1;
}

// The innermost region ends; its handler's place becomes known later, so jumps of the label mean
// entries here.
void Compiler::close_region(std::size_t index) {
  const Region region = unit_->regions[index];
  unit_->regions.resize(index);
  if (region.start == here()) return;
  unit_->code->handlers.push_back({region.start, here(), 0, region.depth});
  region.handler->jumps.push_back(kHandlerEntry |
                                  static_cast<std::uint32_t>(unit_->code->handlers.size() - 1));
}

// --- constants and names ----------------------------------------------------------------------

std::uint32_t Compiler::constant(Value value) {
  unit_->code->constants.push_back(std::move(value));
  return static_cast<std::uint32_t>(unit_->code->constants.size() - 1);
}

void Compiler::load_text(std::string_view text) {
  if (text.size() > 64) {
    load(make_str(in_, text));
    return;
  }
  Str* interned = in_.intern(text);
  const auto [it, added] = unit_->texts.try_emplace(interned, 0);
  if (added) it->second = constant(Value(interned));
  emit(Op::LoadConst, it->second);
}

std::uint32_t Compiler::name_index(std::string_view name) {
  Str* interned = in_.intern(name);
  const auto [it, added] =
      unit_->names.try_emplace(interned, static_cast<std::uint32_t>(unit_->code->names.size()));
  if (added) unit_->code->names.push_back(interned);
  return it->second;
}

std::string_view Compiler::text_of(const Node& node) const {
  return std::string_view(file_->tree->text).substr(node.start, node.end - node.start);
}

void Compiler::load_name(std::string_view name) {
  const Scope& scope = *unit_->scope;
  const Symbol& symbol = scope.symbols.at(name);
  switch (symbol.place) {
    case Place::Cell:
      if (scope.is_function()) return emit(Op::LoadDeref, unit_->cells.at(name));
      return emit(Op::LoadName, name_index(name));
    case Place::Free:
      return emit(scope.is_function() ? Op::LoadDeref : Op::LoadClassDeref, unit_->cells.at(name));
    case Place::Local:
      if (scope.is_function()) return emit(Op::LoadFast, unit_->slots.at(name));
      return emit(Op::LoadName, name_index(name));
    default:
      // In a class body a global may be shadowed by the body's own dict (metaclass.__prepare__); in
      // eval there is one dict for both.
      return emit(scope.is_function() || symbol.global ? Op::LoadGlobal : Op::LoadName,
                  name_index(name));
  }
}

void Compiler::store_name(std::string_view name) {
  const Scope& scope = *unit_->scope;
  const auto it = scope.symbols.find(name);
  if (it == scope.symbols.end()) return emit(Op::StoreName, name_index(name));
  switch (it->second.place) {
    case Place::Cell:
      if (scope.is_function()) return emit(Op::StoreDeref, unit_->cells.at(name));
      return emit(Op::StoreName, name_index(name));
    case Place::Free:
      return emit(Op::StoreDeref, unit_->cells.at(name));
    case Place::Local:
      if (scope.is_function()) return emit(Op::StoreFast, unit_->slots.at(name));
      return emit(Op::StoreName, name_index(name));
    default:
      return emit(Op::StoreGlobal, name_index(name));
  }
}

void Compiler::delete_name(std::string_view name) {
  const Scope& scope = *unit_->scope;
  const Symbol& symbol = scope.symbols.at(name);
  switch (symbol.place) {
    case Place::Cell:
      if (scope.is_function()) return emit(Op::DeleteDeref, unit_->cells.at(name));
      return emit(Op::DeleteName, name_index(name));
    case Place::Free:
      return emit(Op::DeleteDeref, unit_->cells.at(name));
    case Place::Local:
      if (scope.is_function()) return emit(Op::DeleteFast, unit_->slots.at(name));
      return emit(Op::DeleteName, name_index(name));
    default:
      return emit(Op::DeleteGlobal, name_index(name));
  }
}

}  // namespace cupel::python
