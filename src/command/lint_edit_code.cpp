// SPDX-License-Identifier: MIT
// See lint_edit_code.hpp.
#include "command/lint_edit_code.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
#include "script/cpp_places.hpp"

namespace cupel::command {
namespace {

namespace ast = python::ast;

/// The plain statement that begins on the line, directly in upgrade() or downgrade(): what stands
/// in a loop or a block may run often, or not at all.
const ast::Stmt* find_call(const ast::Tree& tree, std::string_view function, std::size_t line) {
  for (const ast::Stmt* top : tree.body) {
    if (top->kind != ast::StmtKind::FunctionDef) continue;
    const auto* definition = static_cast<const ast::FunctionDef*>(top);
    if (definition->name != function) continue;
    for (const ast::Stmt* statement : definition->body) {
      if (statement->kind != ast::StmtKind::Expression) continue;
      if (static_cast<const ast::Expression*>(statement)->value->kind != ast::ExprKind::Call)
        continue;
      const std::size_t first = text::position_at(tree.text, statement->start).line;
      const std::size_t last = text::position_at(tree.text, statement->end).line;
      if (first <= line && line <= last) return statement;
    }
  }
  return nullptr;
}

/// `op.create_index(...)` as it stands with one more argument, outside of the transaction.
std::string in_autocommit_block(std::string call, const std::string& indent) {
  const std::size_t end = call.rfind(')');
  std::size_t last = end;
  while (last > 0 && (call[last - 1] == ' ' || call[last - 1] == '\n')) --last;
  const bool has_comma = last > 0 && call[last - 1] == ',';
  call.insert(last, has_comma ? " postgresql_concurrently=True"  // rooms: allow Alembic's argument
                              : ", postgresql_concurrently=True");  // rooms: allow the same
  return "with op.get_context().autocommit_block():\n" + indent + "    " +
         text::replace_all(call, "\n", "\n    ");
}

bool is_call_of(std::string_view text, std::string_view name) {
  return text.starts_with("op." + std::string(name) + "(") && text.ends_with(')');
}

/// What replaces the call, if the same call with one more argument does.
std::string as_call(const std::string& call, const LintFinding& it, const std::string& indent) {
  const std::vector<ops::Operation>& operations = it.finding.replacement;
  if (operations.size() != 1) return {};
  const auto* create = std::get_if<ops::CreateIndex>(&operations.front());
  const auto* drop = std::get_if<ops::DropIndex>(&operations.front());
  const bool fits =
      (create != nullptr && create->concurrently && is_call_of(call, "create_index")) ||
      (drop != nullptr && drop->concurrently && is_call_of(call, "drop_index"));
  if (!fits || call.find("concurrently") != std::string::npos) return {};
  return in_autocommit_block(call, indent);
}

/// What the file's own imports, at its top, give names to.
class TopImports {
 public:
  explicit TopImports(const ast::Tree& tree) {
    for (const ast::Stmt* statement : tree.body) {
      if (statement->kind == ast::StmtKind::Import) {
        take(*static_cast<const ast::Import*>(statement));
      } else if (statement->kind == ast::StmtKind::ImportFrom) {
        take(*static_cast<const ast::ImportFrom*>(statement));
      } else if (last_ != nullptr || statement->kind != ast::StmtKind::Expression) {
        break;  // behind the docstring and the imports
      }
      if (statement->kind != ast::StmtKind::Expression) last_ = statement;
    }
  }
  /// Null if there are none.
  const ast::Stmt* last() const { return last_; }
  /// What the name stands for: "sqlalchemy.dialects.postgresql"; empty: nothing.
  std::string meaning_of(const std::string& name) const {
    for (const auto& [known, meaning] : names_)
      if (known == name) return meaning;
    return {};
  }

 private:
  void take(const ast::Import& import) {
    for (const ast::Alias* alias : import.names) {
      const std::string module(alias->name);
      names_.emplace_back(alias->as.empty() ? module : std::string(alias->as), module);
    }
  }
  void take(const ast::ImportFrom& import) {
    for (const ast::Alias* alias : import.names)
      names_.emplace_back(alias->as.empty() ? alias->name : alias->as,
                          std::string(import.module) + "." + std::string(alias->name));
  }
  const ast::Stmt* last_ = nullptr;
  std::vector<std::pair<std::string, std::string>> names_;
};

/// Adds the imports that the new text needs and the file does not have. False: a name that it needs
/// stands for something else there.
bool add_imports(const TopImports& imports, std::vector<std::string> needed,
                 const std::string& text, FoundEdit& found) {
  if (text.find("sa.") != std::string::npos) needed.emplace_back("import sqlalchemy as sa");
  if (imports.meaning_of("op") != "alembic.op") return false;
  for (const std::string& line : needed) {
    const std::string name = line.substr(line.rfind(' ') + 1);
    const std::string meaning =
        line.starts_with("import ") ? "sqlalchemy" : "sqlalchemy.dialects." + name;
    const std::string there = imports.meaning_of(name);
    if (there == meaning) continue;
    if (!there.empty()) return false;
    found.imports.push_back(line);
  }
  return true;
}

}  // namespace

FoundEdit find_python_call(const std::string& path, const std::string& text,
                           const LintFinding& it) {
  const std::unique_ptr<ast::Tree> tree = python::parse(text, path);
  if (tree->text != text) return {{}, "its lines do not end as they do elsewhere"};
  const ast::Stmt* call =
      find_call(*tree, it.is_downgrade ? "downgrade" : "upgrade", it.finding.place.line);
  if (call == nullptr) return {{}, "it does not stand by itself: in a loop, a condition, a block"};
  const std::size_t begin = text.rfind('\n', call->start) + 1;
  const std::string indent = text.substr(begin, call->start - begin);
  if (!text::trim(indent).empty()) return {{}, "its line does more than this"};
  const std::string written = text.substr(call->start, call->end - call->start);
  std::string fixed = as_call(written, it, indent);
  const bool is_rendered = fixed.empty();
  if (is_rendered) fixed = text::replace_all(it.fix, "\n    ", "\n" + indent);
  FoundEdit found;
  if (is_rendered && !add_imports(TopImports(*tree), it.fix_imports, fixed, found))
    return {{}, "the file's imports give its names another meaning"};
  found.edit = TextEdit{call->start, call->end, std::move(fixed), it.finding.place.line};
  return found;
}

TextEdit import_edit(const std::string& text, const std::string& path,
                     const std::set<std::string>& imports) {
  const std::unique_ptr<ast::Tree> tree = python::parse(text, path);
  const TopImports known(*tree);
  const std::size_t end = std::min(text.find('\n', known.last()->end), text.size());
  TextEdit edit{end, end, {}, 0};
  for (const std::string& line : imports) edit.text += "\n" + line;
  return edit;
}

FoundEdit find_cpp_call(const std::string& text, const LintFinding& it) {
  const script::CppPlaces places(text, !it.is_downgrade, {});
  const script::CppCall* call = places.statement_at(it.finding.place.line);
  if (call == nullptr) return {{}, "it does not stand by itself: in a loop, a condition, a block"};
  if (!it.is_certain) return {{}, "it is not written as cupel would write what was run"};
  if (text.find("using namespace cupel;") == std::string::npos ||
      text.compare(call->begin, 3, "op.") != 0)
    return {{}, "the file does not call op and cupel's names as a generated one does"};
  const std::size_t begin = text.rfind('\n', call->begin) + 1;
  const std::string indent = text.substr(begin, call->begin - begin);
  if (!text::trim(indent).empty()) return {{}, "its line does more than this"};
  TextEdit edit{call->begin, call->end, text::replace_all(it.fix, "\n", "\n" + indent),
                it.finding.place.line};
  while (edit.text.ends_with(';') || edit.text.ends_with('\n')) edit.text.pop_back();
  if (text.find("\r\n") != std::string::npos)
    edit.text = text::replace_all(edit.text, "\n", "\r\n");
  return {std::move(edit)};
}

}  // namespace cupel::command
