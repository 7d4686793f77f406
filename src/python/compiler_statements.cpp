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
