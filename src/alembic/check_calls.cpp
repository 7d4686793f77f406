// SPDX-License-Identifier: MIT
// See check_calls.hpp.
#include "alembic/check_calls.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "alembic/runtime_state.hpp"
#include "cupel/python/parse.hpp"
#include "cupel/python/walk.hpp"

namespace cupel::alembic {
namespace {

using namespace python::ast;  // NOLINT(google-build-using-namespace): this file reads trees

std::unique_ptr<Tree> parse_own(std::string_view name) {
  for (const SourceModule& module : source_modules())
    if (module.name == name) return python::parse(std::string(module.text), std::string(name));
  throw Bug("no module " + std::string(name));
}

/// The texts of a tuple, or of arguments.
std::vector<std::string_view> texts_in(const Row<Expr*>& items) {
  std::vector<std::string_view> texts;
  for (Expr* item : items) {
    const auto* constant = try_as<Constant>(item);
    if (constant != nullptr && constant->type == ConstantKind::Str) texts.push_back(constant->text);
  }
  return texts;
}

bool is_none(Expr* item) {
  const auto* constant = try_as<Constant>(item);
  return constant != nullptr && constant->type == ConstantKind::None;
}

/// The keywords that a function's `check_keywords("name", kw, "info", ...)` lets through.
class KnownKeywords final : public Visitor {
 public:
  bool visit(Expr& node) override {
    auto* call = try_as<Call>(&node);
    const auto* name = call == nullptr ? nullptr : try_as<Name>(call->function);
    if (name == nullptr || name->id != "check_keywords") return true;
    checked = true;
    keywords = texts_in(call->positional);
    return false;
  }
  bool visit(Stmt&) override { return true; }
  bool checked = false;
  std::vector<std::string_view> keywords;
};

}  // namespace

struct CallCheck::Signature {
  std::vector<std::string_view> positional;
  std::size_t required = 0;  ///< the first so many have no default
  bool any_positional = false;
  std::vector<std::string_view> keywords;  ///< all that may be named
  bool any_keyword = false;
  bool own_keywords = true;  ///< databases' own go through
};

CallCheck::CallCheck()
    : op_(parse_own("alembic.op")), batch_(parse_own("alembic.operations.batch")) {
  for (Stmt* statement : op_->body) {
    if (const auto* function = try_as<FunctionDef>(statement))
      functions_[function->name] = function;
    const auto* assign = try_as<Assign>(statement);
    const auto* name = assign == nullptr ? nullptr : try_as<Name>(assign->targets[0]);
    const auto* tuple = assign == nullptr ? nullptr : try_as<Tuple>(assign->value);
    if (name != nullptr && tuple != nullptr && name->id == "_DIALECTS")
      databases_ = texts_in(tuple->items);
  }
  for (Stmt* statement : batch_->body) {
    const auto* batch = try_as<ClassDef>(statement);
    if (batch == nullptr || batch->name != "Batch") continue;
    for (Stmt* inner : batch->body)
      if (const auto* method = try_as<FunctionDef>(inner)) methods_[method->name] = method;
  }
}

CallCheck::~CallCheck() = default;

CallCheck::Signature CallCheck::signature_of(const FunctionDef& function, bool is_method) const {
  Signature signature;
  for (const Parameter* parameter : function.parameters) {
    switch (parameter->kind) {
      case ParameterKind::PositionalOnly:
      case ParameterKind::Normal:
        if (is_method && parameter->name == "self") break;
        signature.positional.push_back(parameter->name);
        signature.keywords.push_back(parameter->name);
        if (parameter->default_value == nullptr) signature.required = signature.positional.size();
        break;
      case ParameterKind::Args:
        signature.any_positional = !parameter->name.empty();
        break;
      case ParameterKind::KeywordOnly:
        signature.keywords.push_back(parameter->name);
        break;
      case ParameterKind::Kwargs:
        signature.any_keyword = true;
        break;
    }
  }
  KnownKeywords known;
  walk(function.body, known);
  if (known.checked) {
    signature.any_keyword = false;
    signature.keywords.insert(signature.keywords.end(), known.keywords.begin(),
                              known.keywords.end());
  } else {
    signature.own_keywords = signature.any_keyword;
  }
  return signature;
}

std::string CallCheck::problem_of(std::string_view name, const Call& call, bool in_batch) const {
  const Functions& functions = in_batch ? methods_ : functions_;
  auto found = functions.find(name);
  if (found == functions.end())
    return in_batch && !name.starts_with("_")
               ? fmt::format("there is no '{}' inside of a batch", name)
               : std::string();
  if (name == "drop_constraint" && !call.positional.empty() && is_none(call.positional[0]))
    return "drop_constraint(None, ...) names no constraint";
  // What it does with its keywords is written in another function.
  const bool alters = !in_batch && name == "alter_column";
  if (alters) found = functions_.find("alter_column_arguments");
  const Signature signature = signature_of(*found->second, in_batch);
  const bool spreads = std::any_of(call.positional.begin(), call.positional.end(),
                                   [](Expr* it) { return it->kind == ExprKind::Starred; });
  if (!spreads && !signature.any_positional && call.positional.size() > signature.positional.size())
    return fmt::format("{}() takes {} positional arguments but {} were given", name,
                       signature.positional.size(), call.positional.size());
  std::vector<std::string_view> given;
  bool spreads_keywords = false;
  for (const Keyword* keyword : call.keywords) {
    if (keyword->name.empty()) {
      spreads_keywords = true;
      continue;
    }
    given.push_back(keyword->name);
    const auto is_prefix = [&](std::string_view it) { return keyword->name.starts_with(it); };
    const bool known =
        signature.any_keyword ||
        std::find(signature.keywords.begin(), signature.keywords.end(), keyword->name) !=
            signature.keywords.end() ||
        (signature.own_keywords && std::any_of(databases_.begin(), databases_.end(), is_prefix));
    if (!known)
      return fmt::format("{}() got an unexpected keyword argument '{}'", name, keyword->name);
  }
  if (spreads || spreads_keywords) return {};
  for (std::size_t i = call.positional.size(); i < signature.required; ++i) {
    const std::string_view missing = signature.positional[i];
    if (std::find(given.begin(), given.end(), missing) == given.end())
      return fmt::format("{}() is missing its argument '{}'", name, missing);
  }
  return {};
}

}  // namespace cupel::alembic
