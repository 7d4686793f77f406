// SPDX-License-Identifier: MIT
// What upgrade() of a script says in so many words that it makes, drops and renames, for those who
// cannot run it: Runtime::written_names().
#include <set>

#include "alembic/runtime_state.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/python/parse.hpp"
#include "cupel/python/walk.hpp"

namespace cupel::alembic {
namespace {

using namespace python::ast;  // NOLINT(google-build-using-namespace): this file reads trees

class WrittenNames final : public Visitor {
 public:
  WrittenNames(const Tree& tree, const sql::DdlWriter& writer) : writer_(writer) {
    for (Stmt* statement : tree.body) {
      if (auto* function = try_as<FunctionDef>(statement)) functions_[function->name] = function;
    }
    enter("upgrade");
  }
  std::string take() { return std::move(sql_); }

  bool visit(Expr& node) override {
    const auto* call = try_as<Call>(&node);
    if (call == nullptr) return true;
    if (const auto* name = try_as<Name>(call->function)) enter(name->id);
    const auto* function = try_as<Attribute>(call->function);
    const auto* object = function == nullptr ? nullptr : try_as<Name>(function->value);
    if (object != nullptr && object->id == "op") take(*call, function->name);
    return true;
  }

 private:
  /// Each function once, where it is called first.
  void enter(std::string_view name) {
    const auto found = functions_.find(name);
    if (found != functions_.end() && entered_.insert(name).second) walk(found->second->body, *this);
  }

  static std::optional<std::string> text_of(Expr* node) {
    const auto* constant = try_as<Constant>(node);
    if (constant == nullptr || constant->type != ConstantKind::Str) return std::nullopt;
    return std::string(constant->text);
  }
  static std::optional<std::string> argument(const Call& call, std::size_t place,
                                             std::string_view keyword) {
    if (place < call.positional.size()) return text_of(call.positional[place]);
    for (const Keyword* it : call.keywords)
      if (it->name == keyword) return text_of(it->value);
    return std::nullopt;
  }

  void take(const Call& call, std::string_view function) {
    if (function == "execute") {
      if (const auto sql = argument(call, 0, "sqltext")) sql_ += *sql + ";\n";
      return;
    }
    const bool renames = function == "rename_table";
    if (!renames && function != "create_table" && function != "drop_table") return;
    const auto name = argument(call, 0, renames ? "old_table_name" : "table_name");
    if (!name) return;
    const std::size_t no_place = call.positional.size();
    const std::string schema = argument(call, no_place, "schema").value_or("");
    const std::string table = writer_.quote(model::ObjectName(schema, *name));
    const auto to = renames ? argument(call, 1, "new_table_name") : std::nullopt;
    if (to) sql_ += "ALTER TABLE " + table + " RENAME TO " + writer_.quote(std::string_view(*to));
    if (function == "create_table") sql_ += "CREATE TABLE " + table + " ()";
    if (function == "drop_table") sql_ += "DROP TABLE " + table;
    sql_ += ";\n";
  }

  const sql::DdlWriter& writer_;
  std::map<std::string_view, FunctionDef*> functions_;
  std::set<std::string_view> entered_;
  std::string sql_;
};

}  // namespace

std::string Runtime::written_names(const std::string& path, const dialect::Dialect& dialect) {
  try {
    const auto tree = python::parse(state_->settings.files->read(path), path);
    return WrittenNames(*tree, dialect.writer()).take();
  } catch (const Error&) {
    return {};  // what cannot be read says nothing
  }
}

}  // namespace cupel::alembic
