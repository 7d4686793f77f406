// SPDX-License-Identifier: MIT
// See cupel/alembic/check.hpp. A file's top level is run, as it would be before any of its
// functions; they themselves are only read, as far as upgrade() and downgrade() reach.
#include "cupel/alembic/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "alembic/check_calls.hpp"
#include "alembic/runtime_state.hpp"
#include "cupel/base/text.hpp"
#include "cupel/python/native.hpp"
#include "cupel/python/parse.hpp"
#include "cupel/python/walk.hpp"

namespace cupel::alembic {
namespace {

using namespace python::ast;  // NOLINT(google-build-using-namespace): this file reads trees
using python::ScriptError;
using Names = std::set<std::string_view>;

/// Every name of an expression.
class NamesIn final : public Visitor {
 public:
  explicit NamesIn(Names& names) : names_(names) {}
  bool visit(Expr& node) override {
    if (const auto* name = try_as<Name>(&node)) names_.insert(name->id);
    return true;
  }

 private:
  Names& names_;
};

/// What a file's statements give names to: imports at its top level, and everything else.
class Bindings final : public Visitor {
 public:
  explicit Bindings(const Body& body) {
    walk(body, *this);
    for (Stmt* statement : body) {
      if (const auto* function = try_as<FunctionDef>(statement))
        definitions.emplace(function->name, statement);
      if (const auto* type = try_as<ClassDef>(statement))
        definitions.emplace(type->name, statement);
    }
  }

  Names imported;
  Names others;
  bool has_star = false;
  std::map<std::string_view, Stmt*> definitions;

  bool binds(std::string_view name) const {
    return imported.contains(name) || others.contains(name);
  }

  bool visit(Stmt& node) override {
    switch (node.kind) {
      case StmtKind::FunctionDef:
        others.insert(as<FunctionDef>(node).name);
        break;
      case StmtKind::ClassDef:
        others.insert(as<ClassDef>(node).name);
        break;
      case StmtKind::Import:
        for (const Alias* alias : as<Import>(node).names)
          imported.insert(alias->as.empty() ? alias->name.substr(0, alias->name.find('.'))
                                            : alias->as);
        break;
      case StmtKind::ImportFrom:
        has_star = has_star || as<ImportFrom>(node).names.empty();
        for (const Alias* alias : as<ImportFrom>(node).names)
          imported.insert(alias->as.empty() ? alias->name : alias->as);
        break;
      case StmtKind::Global:
      case StmtKind::Nonlocal:
        for (const std::string_view name : static_cast<NamesStmt&>(node).names) others.insert(name);
        break;
      case StmtKind::Assign:
        for (Expr* target : as<Assign>(node).targets) take(target);
        break;
      case StmtKind::AugAssign:
        take(as<AugAssign>(node).target);
        break;
      case StmtKind::AnnAssign:
        take(as<AnnAssign>(node).target);
        break;
      case StmtKind::TypeAlias:
        take(as<TypeAlias>(node).name);
        break;
      case StmtKind::For:
        take(as<For>(node).target);
        break;
      case StmtKind::With:
        for (const WithItem* item : as<With>(node).items) take(item->target);
        break;
      default:
        break;
    }
    return true;
  }
  bool visit(Expr& node) override {
    if (auto* named = try_as<NamedExpr>(&node)) take(named->target);
    if (const auto* comprehension = try_as<Comprehension>(&node))
      for (const Generator* generator : comprehension->generators) take(generator->target);
    return true;
  }
  void bind(std::string_view name) override { others.insert(name); }

 private:
  void take(Expr* target) {
    NamesIn names(others);
    walk(target, names);
  }
};

class FileCheck final : public Visitor {
 public:
  FileCheck(Runtime::State& state, std::string path) : state_(state), path_(std::move(path)) {}

  std::vector<ScriptFinding> run() {
    try {
      tree_ = python::parse(state_.settings.files->read(path_), path_);
      python::Value& module = state_.modules[path_];
      if (!module.is_set()) module = state_.interpreter().load(path_);
      module_ = module;
    } catch (const ScriptError& error) {
      found_.push_back({error.position(), error.message(), error.hint()});
      return std::move(found_);
    } catch (const Error& error) {
      found_.push_back({{path_}, error.message(), error.hint()});
      return std::move(found_);
    }
    look();
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

  bool visit(Stmt& node) override {
    if (const auto* with = try_as<With>(&node)) {
      for (const WithItem* item : with->items) take_batch(*item);
    }
    if (const auto* import = try_as<Import>(&node)) {
      for (const Alias* alias : import->names) check_module(*alias, alias->name);
    }
    const auto* from = try_as<ImportFrom>(&node);
    if (from != nullptr && from->level == 0) check_module(*from, from->module);
    auto* attempt = try_as<Try>(&node);
    if (attempt == nullptr || attempt->handlers.empty()) return true;
    // What is tried may fail.
    for (const Handler* handler : attempt->handlers) walk(handler->body, *this);
    walk(attempt->otherwise, *this);
    walk(attempt->finally, *this);
    return false;
  }

  bool visit(Expr& node) override {
    if (const auto* call = try_as<Call>(&node)) check_call(*call);
    const auto* name = try_as<Name>(&node);
    std::vector<const Attribute*> chain;
    if (auto* attribute = try_as<Attribute>(&node)) {
      Expr* base = attribute;
      while (auto* outer = try_as<Attribute>(base)) {
        chain.insert(chain.begin(), outer);
        base = outer->value;
      }
      name = try_as<Name>(base);
      if (name == nullptr) return true;
    }
    if (name == nullptr) return true;
    check_name(*name, chain);
    return false;
  }

 private:
  void look() {
    const Bindings bindings(tree_->body);
    bindings_ = &bindings;
    for (const char* function : {"upgrade", "downgrade"}) {
      if (bindings.binds(function) || bindings.has_star) {
        reach(function);
      } else {
        found_.push_back({{path_},
                          fmt::format("the revision has no function {}()", function),
                          fmt::format("add it: def {}(): ...", function)});
      }
    }
    while (!left_.empty()) {
      Stmt* next = left_.back();
      left_.pop_back();
      walk(*next, *this);
    }
    bindings_ = nullptr;
  }

  /// Definitions that are used are looked at as well.
  void reach(std::string_view name) {
    const auto found = bindings_->definitions.find(name);
    if (found != bindings_->definitions.end() && reached_.insert(name).second)
      left_.push_back(found->second);
  }

  FilePosition place_of(const Node& node) const {
    return text::position_at(tree_->text, node.start, path_);
  }
  void add(const Node& node, std::string message, std::string hint = {}) {
    found_.push_back({place_of(node), std::move(message), std::move(hint)});
  }

  bool is_builtin(std::string_view name) {
    python::Interpreter& in = state_.interpreter();
    return in.builtins().dict().table.find(name) != nullptr || name.starts_with("__");
  }

  /// Of an import inside of a function.
  void check_module(const Node& node, std::string_view name) {
    try {
      state_.interpreter().import(name);
    } catch (const ScriptError& error) {
      add(node, error.details().exception + ": " + error.details().text, error.hint());
    }
  }

  void check_name(const Name& name, const std::vector<const Attribute*>& chain) {
    reach(name.id);
    if (bindings_->others.contains(name.id)) return;
    if (!bindings_->imported.contains(name.id)) {
      if (!bindings_->has_star && !is_builtin(name.id))
        add(name, fmt::format("NameError: name '{}' is not defined", name.id));
      return;
    }
    // An import inside of a function is not there yet.
    python::Dict& names = module_.as<python::Module>()->dict();
    if (names.table.find(name.id) == nullptr) return;
    const Node* at = &name;
    try {
      follow(state_.interpreter().evaluate(name.id, names, path_), chain, at);
    } catch (const ScriptError& error) {
      add(*at, error.details().exception + ": " + error.details().text, error.hint());
    }
  }

  /// Along modules: what else has attributes gets them while it runs.
  void follow(python::Value value, const std::vector<const Attribute*>& chain, const Node*& at) {
    for (const Attribute* attribute : chain) {
      const auto* module = value.as<python::Module>();
      if (module == nullptr) return;
      at = attribute;
      const python::Value next = state_.interpreter().find_attribute(value, attribute->name);
      if (!next.is_set()) {
        return add(*attribute, fmt::format("AttributeError: module '{}' has no attribute '{}'",
                                           module->name(), attribute->name));
      }
      value = next;
    }
  }

  void take_batch(const WithItem& item) {
    const auto* call = try_as<Call>(item.context);
    const auto* function = call == nullptr ? nullptr : try_as<Attribute>(call->function);
    const auto* target = try_as<Name>(item.target);
    if (function != nullptr && target != nullptr && function->name == "batch_alter_table")
      batches_.insert(target->id);
  }

  void check_call(const Call& call) {
    const auto* function = try_as<Attribute>(call.function);
    const auto* object = function == nullptr ? nullptr : try_as<Name>(function->value);
    if (object == nullptr) return;
    const bool in_batch = batches_.contains(object->id);
    const bool is_op = object->id == "op" && bindings_->imported.contains("op") &&
                       !bindings_->others.contains("op");
    if (!in_batch && !is_op) return;
    const std::string problem = calls_.problem_of(function->name, call, in_batch);
    if (!problem.empty()) add(call, "TypeError: " + problem);
  }

  Runtime::State& state_;
  std::string path_;
  std::unique_ptr<Tree> tree_;
  python::Value module_;
  const CallCheck calls_;
  const Bindings* bindings_ = nullptr;
  Names batches_;
  Names reached_;
  std::vector<Stmt*> left_;
  std::vector<ScriptFinding> found_;
};

}  // namespace

std::vector<ScriptFinding> Runtime::check(const std::string& path) {
  return FileCheck(*state_, path).run();
}

}  // namespace cupel::alembic
