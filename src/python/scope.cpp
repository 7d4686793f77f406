// SPDX-License-Identifier: MIT
// See scope.hpp. Throws SyntaxProblem.
#include "python/scope.hpp"

#include <utility>

#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

Symbol& Scope::at(std::string_view symbol) {
  const auto [it, added] = symbols.try_emplace(symbol);
  if (added) order.push_back(symbol);
  return it->second;
}

class ScopeBuilder {
 public:
  ScopeBuilder(Scopes& scopes, const Tree& tree) : scopes_(scopes) {
    scope_ = &scopes_.add(nullptr, Scope::Kind::Module, nullptr, "<module>");
    body(tree.body);
  }

 private:
  // --- names --------------------------------------------------------------------------------

  void bind(std::string_view name) { scope_->at(name).bound = true; }

  void use(std::string_view name) {
    scope_->at(name);
    if (name == "super" || name == "__class__") {
      // A method that says super() needs the class that it stands in.
      if (scope_->is_function()) scope_->at("__class__");
    }
  }

  void declare(const NamesStmt& statement, bool global) {
    for (const std::string_view name : statement.names) {
      const auto it = scope_->symbols.find(name);
      const std::string word = global ? "global" : "nonlocal";
      if (it != scope_->symbols.end() && !it->second.global && !it->second.nonlocal) {
        const std::string what = it->second.parameter ? "is parameter and " + word
                                 : it->second.bound
                                     ? "is assigned to before " + word + " declaration"
                                     : "is used prior to " + word + " declaration";
        syntax_error("name '" + std::string(name) + "' " + what, statement.start, statement.end);
      }
      if (!global && scope_->kind == Scope::Kind::Module) {
        syntax_error("nonlocal declaration not allowed at module level", statement.start,
                     statement.end);
      }
      Symbol& symbol = scope_->at(name);
      (global ? symbol.global : symbol.nonlocal) = true;
      if (symbol.global && symbol.nonlocal) {
        syntax_error("name '" + std::string(name) + "' is nonlocal and global", statement.start,
                     statement.end);
      }
      symbol.offset = statement.start;
    }
  }

  // The function that a walrus inside comprehensions binds in.
  void bind_named(std::string_view name) {
    Scope* target = scope_;
    while (target->kind == Scope::Kind::Comprehension) target = target->parent;
    target->at(name).bound = true;
    if (target == scope_) return;
    for (Scope* inner = scope_; inner != target; inner = inner->parent) {
      Symbol& symbol = inner->at(name);
      if (target->is_function()) {
        symbol.nonlocal = !target->at(name).global;
        symbol.global = target->at(name).global;
      } else {
        symbol.global = true;
      }
    }
  }

  template <class F>
  void inside(const void* node, Scope::Kind kind, std::string_view name, F&& work) {
    Scope* outer = scope_;
    const std::size_t outer_loops = std::exchange(loops_, 0);
    scope_ = &scopes_.add(node, kind, outer, name);
    work();
    scope_ = outer;
    loops_ = outer_loops;
  }

  // --- statements ---------------------------------------------------------------------------

  void body(const Body& statements) {
    for (Stmt* statement : statements) visit(*statement);
  }

  void visit(Stmt& node) {
    switch (node.kind) {
      case StmtKind::FunctionDef:
        return function(as<FunctionDef>(node));
      case StmtKind::ClassDef:
        return class_definition(as<ClassDef>(node));
      case StmtKind::Return:
        if (scope_->kind != Scope::Kind::Function) {
          syntax_error("'return' outside function", node.start, node.end);
        }
        return maybe(as<Return>(node).value);
      case StmtKind::Delete:
        return targets(as<Delete>(node).targets);
      case StmtKind::Assign: {
        auto& assign = as<Assign>(node);
        visit(*assign.value);
        return targets(assign.targets);
      }
      case StmtKind::AugAssign: {
        auto& assign = as<AugAssign>(node);
        visit(*assign.value);
        return target(*assign.target);
      }
      case StmtKind::AnnAssign: {
        auto& assign = as<AnnAssign>(node);
        maybe(assign.value);
        if (!scope_->is_function()) visit(*assign.annotation);
        return target(*assign.target);
      }
      case StmtKind::TypeAlias:
        return bind(as<TypeAlias>(node).name->id);
      case StmtKind::For: {
        auto& loop = as<For>(node);
        visit(*loop.iterable);
        target(*loop.target);
        loop_body(loop.body);
        return body(loop.otherwise);
      }
      case StmtKind::While: {
        auto& loop = as<While>(node);
        visit(*loop.condition);
        loop_body(loop.body);
        return body(loop.otherwise);
      }
      case StmtKind::If: {
        auto& choice = as<If>(node);
        for (Branch* branch : choice.branches) {
          visit(*branch->condition);
          body(branch->body);
        }
        return body(choice.otherwise);
      }
      case StmtKind::With: {
        auto& with = as<With>(node);
        for (WithItem* item : with.items) {
          visit(*item->context);
          if (item->target) target(*item->target);
        }
        return body(with.body);
      }
      case StmtKind::Match: {
        auto& match = as<Match>(node);
        visit(*match.subject);
        for (Case* one : match.cases) {
          pattern(*one->pattern);
          maybe(one->guard);
          body(one->body);
        }
        return;
      }
      case StmtKind::Raise:
        maybe(as<Raise>(node).exception);
        return maybe(as<Raise>(node).cause);
      case StmtKind::Try: {
        auto& attempt = as<Try>(node);
        body(attempt.body);
        for (Handler* handler : attempt.handlers) {
          maybe(handler->type);
          if (!handler->name.empty()) bind(handler->name);
          body(handler->body);
        }
        body(attempt.otherwise);
        return body(attempt.finally);
      }
      case StmtKind::Assert:
        visit(*as<Assert>(node).condition);
        return maybe(as<Assert>(node).message);
      case StmtKind::Import:
        for (Alias* alias : as<Import>(node).names) {
          bind(!alias->as.empty() ? alias->as : alias->name.substr(0, alias->name.find('.')));
        }
        return;
      case StmtKind::ImportFrom:
        for (Alias* alias : as<ImportFrom>(node).names) {
          bind(alias->as.empty() ? alias->name : alias->as);
        }
        if (as<ImportFrom>(node).names.empty() && scope_->kind != Scope::Kind::Module) {
          syntax_error("import * only allowed at module level", node.start, node.end);
        }
        return;
      case StmtKind::Global:
        return declare(as<Global>(node), true);
      case StmtKind::Nonlocal:
        return declare(as<Nonlocal>(node), false);
      case StmtKind::Expression:
        return visit(*as<Expression>(node).value);
      case StmtKind::Break:
        if (loops_ == 0) syntax_error("'break' outside loop", node.start, node.end);
        return;
      case StmtKind::Continue:
        if (loops_ == 0) syntax_error("'continue' not properly in loop", node.start, node.end);
        return;
      case StmtKind::Pass:
        return;
    }
  }

  void loop_body(const Body& statements) {
    ++loops_;
    body(statements);
    --loops_;
  }

  void function(FunctionDef& node) {
    for (Expr* decorator : node.decorators) visit(*decorator);
    for (Parameter* parameter : node.parameters) {
      maybe(parameter->default_value);
      maybe(parameter->annotation);
    }
    maybe(node.returns);
    bind(node.name);
    inside(&node, Scope::Kind::Function, node.name, [&] {
      scope_->async = node.is_async;
      parameters(node.parameters);
      body(node.body);
    });
  }

  void parameters(const Row<Parameter*>& list) {
    for (Parameter* parameter : list) {
      Symbol& symbol = scope_->at(parameter->name);
      symbol.bound = symbol.parameter = true;
    }
  }

  void class_definition(ClassDef& node) {
    for (Expr* decorator : node.decorators) visit(*decorator);
    for (Expr* base : node.bases) visit(*base);
    for (Keyword* keyword : node.keywords) visit(*keyword->value);
    bind(node.name);
    inside(&node, Scope::Kind::Class, node.name, [&] { body(node.body); });
  }

  void pattern(Pattern& node) {
    maybe(node.value);
    if (!node.name.empty()) bind(node.name);
    for (Expr* key : node.keys) visit(*key);
    for (Pattern* item : node.items) pattern(*item);
    for (Pattern* item : node.keyword_items) pattern(*item);
  }

  // --- expressions --------------------------------------------------------------------------

  void maybe(Expr* node) {
    if (node) visit(*node);
  }
  void all(const Row<Expr*>& list) {
    for (Expr* item : list) maybe(item);
  }
  void targets(const Row<Expr*>& list) {
    for (Expr* item : list) target(*item);
  }

  void target(Expr& node) {
    // Tuples in tuples are bounded by the parser.
    switch (node.kind) {
      case ExprKind::Name:
        return bind(as<Name>(node).id);
      case ExprKind::Tuple:
        return targets(as<Tuple>(node).items);
      case ExprKind::List:
        return targets(as<List>(node).items);
      case ExprKind::Starred:
        return target(*as<Starred>(node).value);
      default:
        return visit(node);
    }
  }

  void visit(Expr& node) {
    if (++depth_ > kMaxDepth) syntax_error("too many nested expressions", node.start, node.end);
    visit_kind(node);
    --depth_;
  }

  void visit_kind(Expr& node) {
    switch (node.kind) {
      case ExprKind::Constant:
        return;
      case ExprKind::JoinedStr:
        return all(as<JoinedStr>(node).parts);
      case ExprKind::FormattedValue:
        visit(*as<FormattedValue>(node).value);
        return maybe(as<FormattedValue>(node).format);
      case ExprKind::Name:
        return use(as<Name>(node).id);
      case ExprKind::Attribute:
        return visit(*as<Attribute>(node).value);
      case ExprKind::Subscript:
        visit(*as<Subscript>(node).value);
        return visit(*as<Subscript>(node).index);
      case ExprKind::Slice:
        maybe(as<Slice>(node).lower);
        maybe(as<Slice>(node).upper);
        return maybe(as<Slice>(node).step);
      case ExprKind::Call: {
        auto& call = as<Call>(node);
        visit(*call.function);
        all(call.positional);
        for (Keyword* keyword : call.keywords) visit(*keyword->value);
        return;
      }
      case ExprKind::Unary:
        return visit(*as<Unary>(node).operand);
      case ExprKind::Binary: {
        // Chains of operators grow to the left; no recursion for them.
        Expr* left = &node;
        while (auto* binary = try_as<Binary>(left)) {
          visit(*binary->right);
          left = binary->left;
        }
        return visit(*left);
      }
      case ExprKind::BoolOp:
        return all(as<BoolOp>(node).values);
      case ExprKind::Compare:
        visit(*as<Compare>(node).left);
        return all(as<Compare>(node).comparators);
      case ExprKind::IfExp:
        visit(*as<IfExp>(node).condition);
        visit(*as<IfExp>(node).body);
        return visit(*as<IfExp>(node).otherwise);
      case ExprKind::Lambda: {
        auto& lambda = as<Lambda>(node);
        for (Parameter* parameter : lambda.parameters) maybe(parameter->default_value);
        inside(&lambda, Scope::Kind::Function, "<lambda>", [&] {
          parameters(lambda.parameters);
          visit(*lambda.body);
        });
        return;
      }
      case ExprKind::Tuple:
        return all(as<Tuple>(node).items);
      case ExprKind::List:
        return all(as<List>(node).items);
      case ExprKind::Set:
        return all(as<Set>(node).items);
      case ExprKind::Dict:
        all(as<Dict>(node).keys);
        return all(as<Dict>(node).values);
      case ExprKind::Comprehension:
        return comprehension(as<Comprehension>(node));
      case ExprKind::Await:
        return visit(*as<Await>(node).value);
      case ExprKind::Yield:
        yields(node);
        return maybe(as<Yield>(node).value);
      case ExprKind::YieldFrom:
        yields(node);
        return visit(*as<YieldFrom>(node).value);
      case ExprKind::Starred:
        return visit(*as<Starred>(node).value);
      case ExprKind::NamedExpr:
        visit(*as<NamedExpr>(node).value);
        return bind_named(as<NamedExpr>(node).target->id);
    }
  }

  void yields(const Expr& node) {
    if (scope_->kind != Scope::Kind::Function) {
      syntax_error("'yield' outside function", node.start, node.end);
    }
    scope_->generator = true;
  }

  void comprehension(Comprehension& node) {
    visit(*node.generators[0]->iterable);
    inside(&node, Scope::Kind::Comprehension, "<comprehension>", [&] {
      scope_->generator = node.type == ComprehensionKind::Generator;
      Symbol& argument = scope_->at(".0");
      argument.bound = argument.parameter = true;
      for (std::size_t i = 0; i < node.generators.size(); ++i) {
        Generator& generator = *node.generators[i];
        if (i > 0) visit(*generator.iterable);
        target(*generator.target);
        all(generator.conditions);
      }
      visit(*node.element);
      maybe(node.value);
    });
  }

  // Chains of calls and attributes are deep trees, too; what passes here the compiler can walk.
  static constexpr std::size_t kMaxDepth = 1500;
  Scopes& scopes_;
  Scope* scope_ = nullptr;
  std::size_t depth_ = 0;
  std::size_t loops_ = 0;
};

namespace {

// Finds the function that owns `name` above `scope`, and marks the way there. False if it is a
// global.
bool capture(Scope* scope, std::string_view name) {
  for (Scope* outer = scope->parent; outer != nullptr; outer = outer->parent) {
    if (outer->kind == Scope::Kind::Module) return false;
    if (outer->kind == Scope::Kind::Class) {
      if (name != "__class__") continue;
      outer->uses_class_cell = true;
      for (Scope* inner = scope; inner != outer; inner = inner->parent) {
        if (inner->is_function()) inner->at(name).place = Place::Free;
      }
      return true;
    }
    const auto it = outer->symbols.find(name);
    if (it == outer->symbols.end()) continue;
    if (it->second.global) return false;
    if (it->second.bound && !it->second.nonlocal) {
      it->second.place = Place::Cell;
      for (Scope* inner = scope; inner != outer; inner = inner->parent) {
        // A class on the way passes the cell on, too.
        Symbol& symbol = inner->at(name);
        const bool own = inner->kind == Scope::Kind::Class && (symbol.bound || symbol.global);
        if (own) {
          symbol.passes = true;
        } else {
          symbol.place = Place::Free;
        }
      }
      return true;
    }
  }
  return false;
}

void resolve(Scope& scope) {
  for (std::size_t i = 0; i < scope.order.size(); ++i) {
    const std::string_view name = scope.order[i];
    Symbol& symbol = scope.symbols.at(name);
    if (symbol.place != Place::Unknown) continue;
    if (symbol.global) {
      symbol.place = Place::Global;
    } else if (symbol.nonlocal) {
      if (!capture(&scope, name)) {
        syntax_error("no binding for nonlocal '" + std::string(name) + "' found", symbol.offset,
                     symbol.offset);
      }
      scope.symbols.at(name).place = Place::Free;
    } else if (symbol.bound || scope.kind == Scope::Kind::Module) {
      symbol.place = Place::Local;
    } else {
      const bool captured = capture(&scope, name);
      scope.symbols.at(name).place = captured ? Place::Free : Place::Global;
    }
  }
  for (Scope* child : scope.children) resolve(*child);
}

}  // namespace

Scope& Scopes::add(const void* node, Scope::Kind kind, Scope* parent, std::string_view name) {
  Scope& scope = scopes_.emplace_back();
  scope.kind = kind;
  scope.parent = parent;
  scope.name = name;
  if (parent != nullptr) parent->children.push_back(&scope);
  by_node_[node] = &scope;
  return scope;
}

Scopes::Scopes(const Tree& tree) {
  ScopeBuilder(*this, tree);
  resolve(scopes_.front());
}

}  // namespace cupel::python
