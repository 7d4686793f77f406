// SPDX-License-Identifier: MIT
// Operations as the body of a function of a .py revision: the statements that they are, in calls
// that Alembic understands as well.
#include <fmt/core.h>

#include <cctype>

#include "cupel/base/text.hpp"
#include "cupel/context/operations.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::script {
namespace {

constexpr std::string_view kIndent = "    ";

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// SQLAlchemy takes ":name" for a parameter, unless a backslash stands before it.
bool begins_parameter(std::string_view sql, std::size_t colon) {
  const char before = colon == 0 ? ' ' : sql[colon - 1];
  return before != ':' && before != '\\' && !is_word(before) && colon + 1 < sql.size() &&
         is_word(sql[colon + 1]);
}

std::string literal(std::string_view sql) {
  std::string text;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == ':' && begins_parameter(sql, i)) text += "\\\\";
    if (sql[i] == '\\' || sql[i] == '"') text += '\\';
    text += sql[i];
  }
  const std::string_view quotes = sql.find('\n') == sql.npos ? "\"" : "\"\"\"";
  return fmt::format("{0}{1}{0}", quotes, text);
}

std::string call(const sql::Statement& statement, bool outside) {
  const std::string execute = "op.execute(" + literal(statement.sql) + ")";
  if (!outside) return execute;
  return fmt::format("with op.get_context().autocommit_block():\n{0}{0}{1}", kIndent, execute);
}

}  // namespace

std::string render_python(const std::vector<Step>& steps, const dialect::Dialect& dialect,
                          const model::Schema& before) {
  sql::MemorySchema schema(before);
  std::vector<std::string> lines;
  for (const Step& step : steps) {
    if (!step.comment.empty()) {
      for (const std::string& line : text::split(step.comment, '\n'))
        lines.emplace_back(text::trim("# " + one_line(line)));
    }
    for (const ops::Operation& operation : step.operations) {
      for (const sql::Statement& statement : dialect.writer().write(operation, {.before = &schema}))
        lines.push_back(call(statement, statement.outside_transaction ||
                                            dialect.runs_outside_transaction(statement.sql)));
      schema.apply(operation);
    }
  }
  return text::join(lines, "\n" + std::string(kIndent));
}

}  // namespace cupel::script
