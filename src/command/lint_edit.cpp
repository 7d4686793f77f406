// SPDX-License-Identifier: MIT
// See lint_edit.hpp.
#include "command/lint_edit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
#include "cupel/script/sql_script.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::command {
namespace {

/// The offsets of a file as its reader sees it (no byte order mark, lines end with \n) in the file
/// itself.
std::vector<std::size_t> offsets_in(const std::string& text) {
  std::vector<std::size_t> offsets;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\n')
      while (!offsets.empty() && text[offsets.back()] == '\r') offsets.pop_back();
    offsets.push_back(at);
  }
  offsets.push_back(text.size());
  return offsets;
}

/// Where the statement's first word stands: comments before it stay.
std::size_t first_word(const std::string& statement, const sql::LexRules& rules) {
  sql::Lexer lexer(statement, rules);
  sql::Token token;
  return lexer.next_significant(token) ? token.offset : 0;
}

std::optional<TextEdit> find_statement(Project& project, const std::string& path,
                                       const std::string& text, const LintFinding& it) {
  const dialect::Dialect& dialect = project.dialect();
  std::vector<std::string_view> names{dialect.name()};
  names.insert(names.end(), dialect.aliases().begin(), dialect.aliases().end());
  const script::SqlScript script = script::parse_script(text, path);
  const script::Section* section = script::select_section(
      script, it.is_downgrade ? script::Direction::Downgrade : script::Direction::Upgrade, names);
  if (section == nullptr) return std::nullopt;
  const sql::StatementText* found = nullptr;
  const std::vector<script::ScriptStatement> statements =
      script::split_section(script, *section, dialect.lex_rules());
  for (const script::ScriptStatement& statement : statements) {
    if (statement.sql.line != it.finding.place.line) continue;
    if (found != nullptr) return std::nullopt;  // two on one line
    found = &statement.sql;
  }
  if (found == nullptr) return std::nullopt;
  const std::vector<std::size_t> offsets = offsets_in(text);
  TextEdit edit;
  edit.begin = offsets[found->offset + first_word(found->text, dialect.lex_rules())];
  edit.end = offsets[found->offset + found->text.size()];
  edit.text = it.fix;
  while (edit.text.ends_with(';') || edit.text.ends_with('\n')) edit.text.pop_back();
  edit.line = it.finding.place.line;
  if (text.find("\r\n") != std::string::npos)
    edit.text = text::replace_all(edit.text, "\n", "\r\n");
  return edit;
}

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

std::optional<TextEdit> find_python(const std::string& path, const std::string& text,
                                    const LintFinding& it) {
  const std::unique_ptr<ast::Tree> tree = python::parse(text, path);
  if (tree->text != text) return std::nullopt;
  const ast::Stmt* call =
      find_call(*tree, it.is_downgrade ? "downgrade" : "upgrade", it.finding.place.line);
  if (call == nullptr) return std::nullopt;
  const std::size_t begin = text.rfind('\n', call->start) + 1;
  const std::string indent = text.substr(begin, call->start - begin);
  if (!text::trim(indent).empty()) return std::nullopt;
  const std::string written = text.substr(call->start, call->end - call->start);
  std::string fixed = as_call(written, it, indent);
  if (fixed.empty()) fixed = text::replace_all(it.fix, "\n    ", "\n" + indent);
  return TextEdit{call->start, call->end, std::move(fixed), it.finding.place.line};
}

/// Where the line that holds `offset` begins, and where it ends without its newline.
std::size_t line_begin(const std::string& text, std::size_t offset) {
  return offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
}
std::size_t line_end(const std::string& text, std::size_t offset) {
  return std::min(text.find('\n', offset), text.size());
}

std::string marked(const std::string& text, char mark, std::size_t& count) {
  std::string result;
  for (const std::string& line : text::split(text, '\n')) {
    result += mark + line + "\n";
    ++count;
  }
  return result;
}

}  // namespace

std::optional<TextEdit> find_edit(Project& project, const std::string& path,
                                  const std::string& text, const LintFinding& finding) {
  const FilePosition& place = finding.finding.place;
  if (place.line == 0 || place.file != path || !finding.is_alone) return std::nullopt;
  if (path.ends_with(".sql")) return find_statement(project, path, text, finding);
  if (path.ends_with(".py")) return find_python(path, text, finding);
  return std::nullopt;
}

std::string with_edits(const std::string& text, const std::vector<TextEdit>& edits) {
  std::string result;
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    result.append(text, at, edit.begin - at).append(edit.text);
    at = edit.end;
  }
  return result.append(text, at);
}

std::string diff_of(const std::string& path, const std::string& text,
                    const std::vector<TextEdit>& edits) {
  std::string result = "--- " + path + "\n+++ " + path + "\n";
  std::size_t shift = 0;
  for (const TextEdit& edit : edits) {
    const std::size_t begin = line_begin(text, edit.begin);
    const std::size_t end = line_end(text, edit.end);
    std::size_t removed = 0;
    std::size_t added = 0;
    const std::string before = marked(text.substr(begin, end - begin), '-', removed);
    const std::string after = marked(
        text.substr(begin, edit.begin - begin) + edit.text + text.substr(edit.end, end - edit.end),
        '+', added);
    const std::size_t line = text::position_at(text, begin).line;
    result +=
        fmt::format("@@ -{},{} +{},{} @@\n", line, removed, line + shift, added) + before + after;
    shift += added - removed;
  }
  return result;
}

}  // namespace cupel::command
