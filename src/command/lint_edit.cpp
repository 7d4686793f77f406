// SPDX-License-Identifier: MIT
// See lint_edit.hpp.
#include "command/lint_edit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "command/lint_edit_code.hpp"
#include "cupel/base/text.hpp"
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

FoundEdit find_statement(Project& project, const std::string& path, const std::string& text,
                         const LintFinding& it) {
  const dialect::Dialect& dialect = project.dialect();
  std::vector<std::string_view> names{dialect.name()};
  names.insert(names.end(), dialect.aliases().begin(), dialect.aliases().end());
  const script::SqlScript script = script::parse_script(text, path);
  const script::Section* section = script::select_section(
      script, it.is_downgrade ? script::Direction::Downgrade : script::Direction::Upgrade, names);
  if (section == nullptr) return {{}, "its section is not found"};
  const sql::StatementText* found = nullptr;
  const std::vector<script::ScriptStatement> statements =
      script::split_section(script, *section, dialect.lex_rules());
  for (const script::ScriptStatement& statement : statements) {
    if (statement.sql.line != it.finding.place.line) continue;
    if (found != nullptr) return {{}, "two statements stand on its line"};
    found = &statement.sql;
  }
  if (found == nullptr) return {{}, "it is not found in the file"};
  const std::vector<std::size_t> offsets = offsets_in(text);
  TextEdit edit;
  edit.begin = offsets[found->offset + first_word(found->text, dialect.lex_rules())];
  edit.end = offsets[found->offset + found->text.size()];
  edit.text = it.fix;
  while (edit.text.ends_with(';') || edit.text.ends_with('\n')) edit.text.pop_back();
  edit.line = it.finding.place.line;
  if (text.find("\r\n") != std::string::npos)
    edit.text = text::replace_all(edit.text, "\n", "\r\n");
  return {std::move(edit)};
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

FoundEdit find_edit(Project& project, const std::string& path, const std::string& text,
                    const LintFinding& finding) {
  const FilePosition& place = finding.finding.place;
  if (place.line == 0 || place.file != path)
    return {{}, "where it stands in the file is not known"};
  if (!finding.is_alone) return {{}, "its line does more than this"};
  if (path.ends_with(".sql")) return find_statement(project, path, text, finding);
  if (path.ends_with(".py")) return find_python_call(path, text, finding);
  if (path.ends_with(".cpp")) return find_cpp_call(text, finding);
  return {{}, "files of this kind are not rewritten"};
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
