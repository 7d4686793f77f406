// SPDX-License-Identifier: MIT
// Functions and classes. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void Compiler::set_parameters(const Row<Parameter*>& list) {
  Parameters& out = unit_->code->parameters;
  const auto add = [&](ParameterKind kind) {
    for (const Parameter* parameter : list) {
      if (parameter->kind == kind) out.names.push_back(Value(in_.intern(parameter->name)));
    }
  };
  for (const Parameter* parameter : list) {
    switch (parameter->kind) {
      case ParameterKind::PositionalOnly:
        ++out.positional_only;
        ++out.positional;
        break;
      case ParameterKind::Normal:
        ++out.positional;
        break;
      case ParameterKind::KeywordOnly:
        ++out.keyword_only;
        break;
      case ParameterKind::Args:
        out.args = true;
        break;
      case ParameterKind::Kwargs:
        out.kwargs = true;
        break;
    }
  }
  add(ParameterKind::PositionalOnly);
  add(ParameterKind::Normal);
  add(ParameterKind::KeywordOnly);
  add(ParameterKind::Args);
  add(ParameterKind::Kwargs);
  // The slots of the parameters come in this order, whatever order the scope met them in.
  std::vector<Str*> locals;
  for (const Value& name : out.names) locals.push_back(static_cast<Str*>(name.object()));
  for (Str* name : unit_->code->locals) {
    bool parameter = false;
    for (std::size_t i = 0; i < out.names.size() && !parameter; ++i) parameter = locals[i] == name;
    if (!parameter) locals.push_back(name);
  }
  unit_->code->locals = locals;
  unit_->slots.clear();
  for (std::size_t i = 0; i < locals.size(); ++i) {
    unit_->slots.emplace(locals[i]->view(), static_cast<std::uint32_t>(i));
  }
  for (std::size_t i = 0; i < unit_->code->cells.size(); ++i) {
    if (unit_->code->cell_parameters[i] < 0) continue;
    unit_->code->cell_parameters[i] =
        static_cast<std::int32_t>(unit_->slots.at(unit_->code->cells[i]->view()));
  }
}

// Default values onto the stack, as MakeFunction wants them.
void Compiler::defaults(const Row<Parameter*>& parameters, std::uint32_t& flags) {
  std::uint32_t positional = 0, keyword_only = 0, given = 0;
  for (const Parameter* parameter : parameters) {
    const bool plain = parameter->kind == ParameterKind::Normal ||
                       parameter->kind == ParameterKind::PositionalOnly;
    if (plain && parameter->default_value != nullptr) {
      visit(*parameter->default_value);
      ++positional;
    }
  }
  if (positional > 0) {
    emit(Op::BuildTuple, positional);
    flags |= 1;
  }
  for (const Parameter* parameter : parameters) {
    given += parameter->kind == ParameterKind::KeywordOnly && parameter->default_value != nullptr;
  }
  if (given == 0) return;
  for (const Parameter* parameter : parameters) {
    if (parameter->kind != ParameterKind::KeywordOnly) continue;
    if (parameter->default_value != nullptr) {
      visit(*parameter->default_value);
    } else {
      load(Value());
    }
    ++keyword_only;
  }
  emit(Op::BuildTuple, keyword_only);
  flags |= 2;
}

void Compiler::make_function(Value code, std::uint32_t flags) {
  const auto* made = code.as<Code>();
  if (!made->frees.empty()) {
    for (const Str* free : made->frees) emit(Op::LoadCell, unit_->cells.at(free->view()));
    emit(Op::BuildTuple, static_cast<std::uint32_t>(made->frees.size()));
    flags |= 8;
  }
  load(std::move(code));
  emit(Op::MakeFunction, flags);
}

namespace {

const Constant* docstring(const Body& body) {
  if (body.empty()) return nullptr;
  auto* first = try_as<Expression>(body[0]);
  auto* text = first == nullptr ? nullptr : try_as<Constant>(first->value);
  return text != nullptr && text->type == ConstantKind::Str ? text : nullptr;
}

}  // namespace

void Compiler::function(FunctionDef& node) {
  for (Expr* decorator : node.decorators) visit(*decorator);
  std::uint32_t flags = 0;
  defaults(node.parameters, flags);
  // Annotations are kept as text and evaluated if somebody asks: most name what is only there for
  // type checkers.
  Values annotations;
  const auto annotate = [&](std::string_view name, const Expr* annotation) {
    if (annotation == nullptr) return;
    annotations.push_back(Value(in_.intern(name)));
    annotations.push_back(make_str(in_, text_of(*annotation)));
  };
  for (const Parameter* parameter : node.parameters)
    annotate(parameter->name, parameter->annotation);
  annotate("return", node.returns);
  if (!annotations.empty()) {
    load(make_tuple(in_, std::move(annotations)));
    flags |= 4;
  }
  Unit unit;
  open_unit(unit, file_->scopes->of(&node), node.name, node.start);
  set_parameters(node.parameters);
  if (const Constant* doc = docstring(node.body)) unit.code->doc = make_str(in_, doc->text);
  // Most functions of a library are never called.
  unit.code->later = std::make_unique<LaterBody>(LaterBody{file_, &node});
  make_function(close_unit(), flags);
  for (std::size_t i = node.decorators.size(); i-- > 0;) {
    at(*node.decorators[i]);
    emit(Op::Call, 1);
  }
  store_name(node.name);
}

void Compiler::run_later(Code& code, const FunctionDef& node) {
  Unit around;  // names of inner functions begin with the name of this one
  Unit unit;
  unit.scope = &file_->scopes->of(&node);
  unit.outer = &around;
  unit.code = &code;
  unit.qualified_name = code.qualified_name->view();
  for (const Str* name : code.locals)
    unit.slots.emplace(name->view(), static_cast<std::uint32_t>(unit.slots.size()));
  for (const auto* names : {&code.cells, &code.frees}) {
    for (const Str* name : *names)
      unit.cells.emplace(name->view(), static_cast<std::uint32_t>(unit.cells.size()));
  }
  unit_ = &unit;
  body(node.body);
  load(Value::none());
  emit(Op::Return);
}

void Compiler::class_definition(ClassDef& node) {
  for (Expr* decorator : node.decorators) visit(*decorator);
  at(node);
  const Code::Range whole = position_;
  Unit unit;
  open_unit(unit, file_->scopes->of(&node), node.name, node.start);
  emit(Op::LoadGlobal, name_index("__name__"));
  emit(Op::StoreName, name_index("__module__"));
  load_text(unit.qualified_name);
  emit(Op::StoreName, name_index("__qualname__"));
  if (const Constant* doc = docstring(node.body)) {
    load_text(doc->text);
    emit(Op::StoreName, name_index("__doc__"));
  }
  body(node.body);
  if (unit.cells.contains("__class__") && unit.scope->uses_class_cell) {
    emit(Op::LoadCell, unit.cells.at("__class__"));
    emit(Op::StoreName, name_index("__classcell__"));
  }
  load(Value::none());
  emit(Op::Return);
  make_function(close_unit(), 0);
  load_text(node.name);
  arguments_with_stars(node.bases, node.keywords);
  position_ = {whole.start, whole.end};
  emit(Op::MakeClass);
  for (std::size_t i = node.decorators.size(); i-- > 0;) {
    at(*node.decorators[i]);
    emit(Op::Call, 1);
  }
  store_name(node.name);
}

}  // namespace cupel::python
