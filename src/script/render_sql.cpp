// SPDX-License-Identifier: MIT
// Operations as the section of a .sql revision. See render.hpp.
#include <fmt/core.h>

#include <string_view>

#include "cupel/base/text.hpp"
#include "cupel/context/operations.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::script {
namespace {

/// What stands between two parts that begin with a line of their own.
constexpr std::string_view kBlankLine = "\n\n";
/// What makes a comment a directive.
constexpr std::string_view kDirective = "cupel";

/// True if what is appended would be in a comment.
bool ends_in_line_comment(std::string_view sql, const sql::LexRules& rules) {
  sql::Lexer lexer(sql, rules);
  sql::Token token;
  bool open = false;
  while (lexer.next(token)) {
    const std::string_view text = token.of(sql);
    open = token.kind == sql::TokenKind::Comment && !text.starts_with("/*") &&
           text.find_first_of("\r\n") == text.npos;
  }
  return open;
}

class SqlRenderer {
 public:
  SqlRenderer(const dialect::Dialect& dialect, const model::Schema& before)
      : dialect_(&dialect), schema_(before) {}

  void add(const Step& step) {
    std::string part = comment_lines(step.comment);
    has_statement_ = false;
    for (const ops::Operation& operation : step.operations) {
      for (const sql::Statement& statement :
           dialect_->writer().write(operation, {.before = &schema_}))
        add(statement, part);
      schema_.apply(operation);
    }
    if (part.empty()) return;
    if (!text_.empty()) text_ += kBlankLine;
    text_ += part;
  }

  std::string take() { return std::move(text_); }

 private:
  /// Each line as a comment, no newline at the end of the last.
  static std::string comment_lines(const std::string& comment) {
    if (comment.empty()) return {};
    std::string result;
    for (const std::string& raw : text::split(comment, '\n')) {
      std::string line = one_line(raw);
      if (text::equals_ignore_case(line.substr(0, kDirective.size()), kDirective))
        line.insert(0, "> ");
      if (!result.empty()) result += '\n';
      result += text::trim("-- " + line);
    }
    return result;
  }

  /// Statements of one line stand below each other, longer ones have air around them.
  void add(const sql::Statement& statement, std::string& part) {
    std::string sql = statement.sql;
    const bool is_long = sql.find('\n') != sql.npos;
    if (ends_in_line_comment(sql, dialect_->lex_rules())) sql += '\n';
    if (statement.outside_transaction && !dialect_->runs_outside_transaction(sql))
      sql.insert(0, "-- cupel: no transaction\n");
    if (!part.empty()) {
      const bool after_comment = !has_statement_;
      part += (is_long || last_was_long_) && !after_comment ? kBlankLine : "\n";
    }
    part += sql + ";";
    has_statement_ = true;
    last_was_long_ = is_long;
  }

  const dialect::Dialect* dialect_;
  sql::MemorySchema schema_;
  std::string text_;
  bool has_statement_ = false;
  bool last_was_long_ = false;
};

}  // namespace

std::string render_sql(const std::vector<Step>& steps, const dialect::Dialect& dialect,
                       const model::Schema& before) {
  SqlRenderer renderer(dialect, before);
  for (const Step& step : steps) renderer.add(step);
  return renderer.take();
}

}  // namespace cupel::script
