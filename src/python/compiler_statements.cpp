// SPDX-License-Identifier: MIT
// Statements. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

void Compiler::body(const Body& statements) {
  for (Stmt* statement : statements) visit(*statement);
}

// The top level of an imported file: what a statement would have named is marked if a module it
// needs is missing.
void Compiler::tolerant_body(const Body& statements) {
  for (Stmt* statement : statements) {
    Values bound;
    const auto bind = [&](const Expr* target) {
      if (const auto* name =
              target->kind == ExprKind::Name ? static_cast<const Name*>(target) : nullptr) {
        bound.push_back(Value(static_cast<Object*>(in_.intern(name->id))));
      }
    };
    switch (statement->kind) {
      case StmtKind::FunctionDef:
        bound.push_back(Value(static_cast<Object*>(in_.intern(as<FunctionDef>(*statement).name))));
        break;
      case StmtKind::ClassDef:
        bound.push_back(Value(static_cast<Object*>(in_.intern(as<ClassDef>(*statement).name))));
        break;
      case StmtKind::Assign:
        for (const Expr* target : as<Assign>(*statement).targets) bind(target);
        break;
      case StmtKind::AnnAssign:
        bind(as<AnnAssign>(*statement).target);
        break;
      case StmtKind::Expression:
        break;
      default:
        visit(*statement);
        continue;
    }
    Label failed, done;
    const std::size_t region = open_region(failed);
    visit(*statement);
    close_region(region);
    done.depth = unit_->depth;
    jump(Op::Jump, done);
    place(failed);
    emit(Op::Poison, constant(make_tuple(in_, std::move(bound))));
    place(done);
  }
}

void Compiler::visit(Stmt& node) {
  at(node);
  switch (node.kind) {
    case StmtKind::FunctionDef:
      return function(as<FunctionDef>(node));
    case StmtKind::ClassDef:
      return class_definition(as<ClassDef>(node));
    case StmtKind::Return:
      return return_statement(as<Return>(node));
    case StmtKind::Delete:
      for (Expr* target : as<Delete>(node).targets) del(*target);
      return;
    case StmtKind::Assign:
      return assign(as<Assign>(node));
    case StmtKind::AugAssign:
      return augmented(as<AugAssign>(node));
    case StmtKind::AnnAssign:
      return annotated(as<AnnAssign>(node));
    case StmtKind::TypeAlias:
      load_text(text_of(*as<TypeAlias>(node).value));
      return store_name(as<TypeAlias>(node).name->id);
    case StmtKind::For:
      return for_loop(as<For>(node));
    case StmtKind::While:
      return while_loop(as<While>(node));
    case StmtKind::If:
      return if_statement(as<If>(node));
    case StmtKind::With:
      return with_statement(as<With>(node), 0);
    case StmtKind::Match:
      return match(as<Match>(node));
    case StmtKind::Raise:
      return raise_statement(as<Raise>(node));
    case StmtKind::Try:
      return try_statement(as<Try>(node));
    case StmtKind::Assert:
      return assertion(as<Assert>(node));
    case StmtKind::Import:
      return import(as<Import>(node));
    case StmtKind::ImportFrom:
      return import_from(as<ImportFrom>(node));
    case StmtKind::Expression: {
      Expr* value = as<Expression>(node).value;
      if (value->kind == ExprKind::Constant) return;
      visit(*value);
      return emit(Op::Pop);
    }
    case StmtKind::Break:
      return break_or_continue(true);
    case StmtKind::Continue:
      return break_or_continue(false);
    case StmtKind::Global:
    case StmtKind::Nonlocal:
    case StmtKind::Pass:
      return;
  }
}

// --- definitions ------------------------------------------------------------------------------

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

// --- assignments ------------------------------------------------------------------------------

void Compiler::assign(Assign& node) {
  visit(*node.value);
  for (std::size_t i = 0; i < node.targets.size(); ++i) {
    if (i + 1 < node.targets.size()) emit(Op::Dup);
    store(*node.targets[i]);
  }
}

void Compiler::augmented(AugAssign& node) {
  const auto op = static_cast<std::uint32_t>(node.op);
  if (auto* name = try_as<Name>(node.target)) {
    at(*name);
    load_name(name->id);
    visit(*node.value);
    at(node);
    emit(Op::Inplace, op);
    return store_name(name->id);
  }
  if (auto* attribute = try_as<Attribute>(node.target)) {
    visit(*attribute->value);
    emit(Op::Dup);
    at(*attribute);
    emit(Op::LoadAttr, name_index(attribute->name));
    visit(*node.value);
    at(node);
    emit(Op::Inplace, op);
    emit(Op::Swap);
    return emit(Op::StoreAttr, name_index(attribute->name));
  }
  auto& subscript = as<Subscript>(*node.target);
  visit(*subscript.value);
  visit(*subscript.index);
  emit(Op::Dup2);
  at(subscript);
  emit(Op::Subscript);
  visit(*node.value);
  at(node);
  emit(Op::Inplace, op);
  emit(Op::Rot3);
  emit(Op::StoreSubscript);
}

// An annotation that cannot be evaluated (a name for type checkers only, a missing module) is kept
// as text.
void Compiler::annotated(AnnAssign& node) {
  if (node.value != nullptr) {
    visit(*node.value);
    store(*node.target);
  }
  auto* name = try_as<Name>(node.target);
  if (unit_->scope->is_function() || name == nullptr || name->parenthesized) return;
  if (file_->text_annotations) {
    load_text(text_of(*node.annotation));
  } else {
    Label failed, done;
    const std::size_t region = open_region(failed);
    visit(*node.annotation);
    close_region(region);
    jump(Op::Jump, done);
    place(failed);
    emit(Op::Pop);
    load_text(text_of(*node.annotation));
    place(done);
  }
  emit(Op::StoreAnnotation, name_index(name->id));
}

void Compiler::del(Expr& node) {
  at(node);
  switch (node.kind) {
    case ExprKind::Name:
      return delete_name(as<Name>(node).id);
    case ExprKind::Attribute:
      visit(*as<Attribute>(node).value);
      return emit(Op::DeleteAttr, name_index(as<Attribute>(node).name));
    case ExprKind::Subscript:
      visit(*as<Subscript>(node).value);
      visit(*as<Subscript>(node).index);
      return emit(Op::DeleteSubscript);
    case ExprKind::Tuple:
      for (Expr* item : as<ast::Tuple>(node).items) del(*item);
      return;
    default:
      for (Expr* item : as<ast::List>(node).items) del(*item);
      return;
  }
}

// --- leaving blocks ---------------------------------------------------------------------------

// What has to happen when control leaves `block`; with keep_top a value on the stack survives.
void Compiler::leave_block(const Block& block, bool keep_top) {
  switch (block.kind) {
    case Block::Kind::While:
      return;
    case Block::Kind::Value:
    case Block::Kind::For:
      if (keep_top) emit(Op::Swap);
      return emit(Op::Pop);
    case Block::Kind::Finally:
      if (keep_top) {
        unit_->blocks.push_back(
            {Block::Kind::Value, nullptr, nullptr, nullptr, {}, block.node, unit_->regions.size()});
      }
      body(*block.body);
      if (keep_top) unit_->blocks.pop_back();
      return;
    case Block::Kind::FinallyEnd:
      if (keep_top) emit(Op::Swap);
      emit(Op::Pop);
      if (keep_top) emit(Op::Swap);
      return emit(Op::PopException);
    case Block::Kind::With:
      if (keep_top) emit(Op::Swap);
      at(*block.node);
      return emit(Op::ExitWith, 0);
    case Block::Kind::Handler:
      if (keep_top) emit(Op::Swap);
      emit(Op::PopException);
      if (!block.name.empty()) {
        load(Value::none());
        store_name(block.name);
        delete_name(block.name);
      }
      return;
  }
}

// Leaves all blocks above `to`. Their handlers do not cover what is written here: each block knows
// how many regions were open when it began. come_back() goes on inside the blocks, behind the jump.
Compiler::Left Compiler::leave(std::size_t to, bool keep_top) {
  Unit& unit = *unit_;
  Left left{unit.blocks, unit.regions, unit.depth};
  const Code::Range position = position_;
  while (unit.blocks.size() > to) {
    const Block block = unit.blocks.back();
    unit.blocks.pop_back();
    while (unit.regions.size() > block.regions) close_region(unit.regions.size() - 1);
    position_ = position;
    leave_block(block, keep_top);
  }
  position_ = position;
  return left;
}

void Compiler::come_back(Left left) {
  unit_->blocks = std::move(left.blocks);
  for (std::size_t i = unit_->regions.size(); i < left.regions.size(); ++i) {
    unit_->regions.push_back(left.regions[i]);
    unit_->regions.back().start = here();
  }
  unit_->depth = left.depth;
}

void Compiler::return_statement(Return& node) {
  if (node.value != nullptr) {
    visit(*node.value);
  } else {
    load(Value::none());
  }
  at(node);
  Left left = leave(0, true);
  emit(Op::Return);
  --left.depth;
  come_back(std::move(left));
}

void Compiler::break_or_continue(bool is_break) {
  std::size_t at = unit_->blocks.size();
  while (unit_->blocks[at - 1].kind != Block::Kind::For &&
         unit_->blocks[at - 1].kind != Block::Kind::While) {
    --at;
  }
  const Block loop = unit_->blocks[at - 1];
  Left left = leave(at, false);
  if (is_break && loop.kind == Block::Kind::For) emit(Op::Pop);
  jump(Op::Jump, is_break ? *loop.stop : *loop.next);
  come_back(std::move(left));
}

// --- loops and choices ------------------------------------------------------------------------

void Compiler::for_loop(For& node) {
  Label start, stop, end;
  visit(*node.iterable);
  at(*node.iterable);
  emit(node.is_async ? Op::GetAsyncIter : Op::GetIter);
  place(start);
  at(*node.iterable);
  jump(Op::ForIter, end);
  unit_->blocks.push_back(
      {Block::Kind::For, &start, &stop, nullptr, {}, &node, unit_->regions.size()});
  store(*node.target);
  body(node.body);
  at(node);
  jump(Op::Jump, start);
  unit_->blocks.pop_back();
  place(end);
  body(node.otherwise);
  if (stop.depth < 0) stop.depth = unit_->depth;
  place(stop);
}

void Compiler::while_loop(While& node) {
  Label start, stop, end;
  place(start);
  jump_if(*node.condition, false, end);
  unit_->blocks.push_back(
      {Block::Kind::While, &start, &stop, nullptr, {}, &node, unit_->regions.size()});
  body(node.body);
  at(node);
  jump(Op::Jump, start);
  unit_->blocks.pop_back();
  if (end.depth < 0) end.depth = unit_->depth;
  place(end);
  body(node.otherwise);
  if (stop.depth < 0) stop.depth = unit_->depth;
  place(stop);
}

void Compiler::if_statement(If& node) {
  Label end;
  for (std::size_t i = 0; i < node.branches.size(); ++i) {
    Branch& branch = *node.branches[i];
    Label next;
    jump_if(*branch.condition, false, next);
    body(branch.body);
    const bool last = i + 1 == node.branches.size() && node.otherwise.empty();
    if (!last) jump(Op::Jump, end);
    if (next.depth < 0) next.depth = unit_->depth;
    place(next);
  }
  body(node.otherwise);
  if (end.depth < 0) end.depth = unit_->depth;
  place(end);
}

// --- with, try --------------------------------------------------------------------------------

void Compiler::with_statement(With& node, std::size_t index) {
  WithItem& item = *node.items[index];
  Label failed, suppressed, failed_again, end;
  visit(*item.context);
  at(*item.context);
  emit(Op::BeforeWith, node.is_async ? 1 : 0);
  --unit_->depth;  // the handler finds only the exit method
  unit_->blocks.push_back(
      {Block::Kind::With, nullptr, nullptr, nullptr, {}, item.context, unit_->regions.size()});
  const std::size_t region = open_region(failed);
  ++unit_->depth;
  if (item.target != nullptr) {
    store(*item.target);
  } else {
    emit(Op::Pop);
  }
  if (index + 1 < node.items.size()) {
    with_statement(node, index + 1);
  } else {
    body(node.body);
  }
  unit_->blocks.pop_back();
  close_region(region);
  at(*item.context);
  emit(Op::ExitWith, 0);
  jump(Op::Jump, end);
  place(failed);
  emit(Op::PushException);
  --unit_->depth;
  const std::size_t inner = open_region(failed_again);
  ++unit_->depth;
  emit(Op::ExitWith, 1);
  jump(Op::JumpIfTrue, suppressed);
  close_region(inner);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
  place(suppressed);
  emit(Op::Pop);
  emit(Op::PopException);
  emit(Op::Pop);
  place(end);
}

void Compiler::try_statement(Try& node) {
  if (node.is_star) syntax_error("except* is not supported", node.start, node.end);
  if (node.finally.empty()) return try_except(node);
  Label failed, failed_again, end;
  const std::int64_t depth = unit_->depth;
  unit_->blocks.push_back(
      {Block::Kind::Finally, nullptr, nullptr, &node.finally, {}, &node, unit_->regions.size()});
  const std::size_t region = open_region(failed);
  if (node.handlers.empty()) {
    body(node.body);
  } else {
    try_except(node);
  }
  unit_->blocks.pop_back();
  close_region(region);
  body(node.finally);
  end.depth = depth;
  jump(Op::Jump, end);
  place(failed);
  emit(Op::PushException);
  unit_->blocks.push_back(
      {Block::Kind::FinallyEnd, nullptr, nullptr, nullptr, {}, &node, unit_->regions.size()});
  --unit_->depth;
  const std::size_t inner = open_region(failed_again);
  ++unit_->depth;
  body(node.finally);
  unit_->blocks.pop_back();
  close_region(inner);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
  place(end);
}

namespace {

bool catches_import(const Expr* type) {
  if (type == nullptr) return true;
  if (type->kind == ExprKind::Name) {
    const std::string_view name = static_cast<const Name&>(*type).id;
    return name == "ImportError" || name == "ModuleNotFoundError" || name == "Exception" ||
           name == "BaseException";
  }
  if (type->kind == ExprKind::Tuple) {
    for (const Expr* item : static_cast<const ast::Tuple&>(*type).items) {
      if (catches_import(item)) return true;
    }
  }
  return false;
}

}  // namespace

void Compiler::try_except(Try& node) {
  Label failed, end;
  bool guards = false;
  for (const Handler* handler : node.handlers) guards = guards || catches_import(handler->type);
  const std::int64_t depth = unit_->depth;
  const std::size_t region = open_region(failed);
  unit_->guards += guards ? 1 : 0;
  body(node.body);
  unit_->guards -= guards ? 1 : 0;
  close_region(region);
  body(node.otherwise);
  end.depth = depth;
  jump(Op::Jump, end);
  place(failed);
  handlers(node, end);
  place(end);
}

// At the exception, with the one that was handled before still to be put away.
void Compiler::handlers(Try& node, Label& end) {
  Label failed_again;
  emit(Op::PushException);
  --unit_->depth;
  const std::size_t region = open_region(failed_again);
  ++unit_->depth;
  const std::int64_t depth = unit_->depth;
  for (Handler* handler : node.handlers) {
    Label next;
    unit_->depth = depth;
    if (handler->type != nullptr) {
      visit(*handler->type);
      at(*handler->type);
      emit(Op::MatchException);
      jump(Op::JumpIfFalse, next);
    }
    at(*handler);
    if (handler->name.empty()) {
      emit(Op::Pop);
    } else {
      store_name(handler->name);
    }
    unit_->blocks.push_back({Block::Kind::Handler, nullptr, nullptr, nullptr, handler->name,
                             handler, unit_->regions.size() - 1});
    body(handler->body);
    const Block block = unit_->blocks.back();
    unit_->blocks.pop_back();
    leave_block(block, false);
    jump(Op::Jump, end);
    next.depth = depth;
    place(next);
  }
  unit_->depth = depth;
  close_region(region);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
}

void Compiler::raise_statement(Raise& node) {
  std::uint32_t count = 0;
  if (node.exception != nullptr) {
    visit(*node.exception);
    ++count;
  }
  if (node.cause != nullptr) {
    visit(*node.cause);
    ++count;
  }
  at(node);
  emit(Op::Raise, count);
}

void Compiler::assertion(Assert& node) {
  Label ok;
  jump_if(*node.condition, true, ok);
  at(node);
  emit(Op::AssertError);
  if (node.message != nullptr) {
    visit(*node.message);
    at(node);
    emit(Op::Call, 1);
  }
  at(node);
  emit(Op::Raise, 1);
  ok.depth = unit_->depth;
  place(ok);
}

// --- imports ----------------------------------------------------------------------------------

// (name, level, bind the first part, read it now)
std::uint32_t Compiler::import_constant(std::string_view name, std::uint32_t level, bool top) {
  return constant(make_tuple(in_, {Value(in_.intern(name)), Value(static_cast<std::int64_t>(level)),
                                   Value(top), Value(unit_->guards > 0)}));
}

void Compiler::import(Import& node) {
  for (Alias* alias : node.names) {
    at(*alias);
    const bool top = alias->as.empty();
    emit(Op::Import, import_constant(alias->name, 0, top));
    store_name(top ? alias->name.substr(0, alias->name.find('.')) : alias->as);
  }
}

void Compiler::import_from(ImportFrom& node) {
  if (node.module == "__future__") {
    for (const Alias* alias : node.names) {
      if (alias->name == "annotations") file_->text_annotations = true;
    }
  }
  emit(Op::Import, import_constant(node.module, node.level, false));
  if (node.names.empty()) return emit(Op::ImportStar);
  for (Alias* alias : node.names) {
    at(*alias);
    emit(Op::ImportFrom, name_index(alias->name) << 1 | (unit_->guards > 0 ? 1 : 0));
    store_name(alias->as.empty() ? alias->name : alias->as);
  }
  emit(Op::Pop);
}

}  // namespace cupel::python
