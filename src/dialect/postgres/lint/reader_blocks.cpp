// SPDX-License-Identifier: MIT
// DO blocks: the statements of their body, as far as they stand there as such. Read by words, since
// what decides which of them run is not known anyway. See reader.hpp.

#include "cupel/base/text.hpp"
#include "dialect/postgres/lint/reader.hpp"

namespace cupel::dialect::postgres {
namespace {

/// The statements of a body in PL/pgSQL, in their order.
class BlockReader {
 public:
  BlockReader(std::string_view body, const model::Schema& before, lint::Step& step)
      : source_(body), before_(before), step_(step) {}

  void read() {
    at_ = source_.find_word(source_.all(), "begin");
    find_own_sequence();
    conditional_ = has_handler();
    while (at_ < source_.size()) read_one();
  }

 private:
  /// What a handler may undo is not sure to happen.
  bool has_handler() const {
    for (std::size_t i = 0; i < source_.size(); ++i)
      if (source_.is_word(i, "exception") && source_.is_word(i + 1, "when")) return true;
    return false;
  }

  static std::string string_of(std::string_view token) {
    const bool quoted = token.size() > 1 && token.front() == '\'';
    return quoted ? text::replace_all(std::string(token.substr(1, token.size() - 2)), "''", "'")
                  : std::string();
  }
  /// own text := pg_get_serial_sequence('table', 'column'), as our writer's blocks begin.
  void find_own_sequence() {
    for (std::size_t i = 0; i + 4 < at_; ++i) {
      if (!source_.is_word(i, "pg_get_serial_sequence")) continue;
      const std::string name = string_of(source_.token(i + 2));
      const SourceText table(name);
      const auto part = [&](std::size_t k) {
        const std::string token(table.token(k));
        const bool quoted = token.size() > 1 && token.front() == '"';
        return quoted ? text::replace_all(token.substr(1, token.size() - 2), "\"\"", "\"") : token;
      };
      numbered_.table =
          table.size() == 3 ? object_name(part(0), part(2)) : object_name("", part(0));
      numbered_.column = string_of(source_.token(i + 4));
    }
  }
  /// EXECUTE format('... SEQUENCE %s ...', own).
  bool read_own_sequence(Range range) {
    if (numbered_.column.empty()) return false;
    for (std::size_t i = range.first; i < range.last; ++i) {
      const std::string sql = string_of(source_.token(i));
      if (sql == "DROP SEQUENCE %s") {
        ops::AlterColumn alter = numbered_;
        alter.autoincrement = false;
        step_.effects.emplace_back(ops::Operation(alter));
        return true;
      }
      if (sql.rfind("ALTER SEQUENCE %s AS ", 0) == 0) return true;
    }
    return false;
  }

  std::size_t behind_word(std::string_view word) const {
    return source_.find_word({at_, source_.size()}, word) + 1;
  }
  std::size_t semicolon() const {
    std::size_t i = at_;
    while (i < source_.size() && source_.kind(i) != sql::TokenKind::Semicolon) ++i;
    return i;
  }

  void read_one() {
    if (source_.kind(at_) == sql::TokenKind::Semicolon ||
        source_.is_any_word(at_, {"begin", "else", "exception", "loop"})) {
      ++at_;
    } else if (source_.is_any_word(at_, {"if", "elsif", "elseif", "when"})) {
      conditional_ = true;
      at_ = behind_word("then");
    } else if (source_.is_any_word(at_, {"for", "foreach", "while"})) {
      conditional_ = true;
      at_ = behind_word("loop");
    } else {
      read_until_semicolon();
    }
  }

  void read_until_semicolon() {
    const Range range{at_, semicolon()};
    at_ = range.last + 1;
    const bool assigns = source_.is(range.first + 1, ":") || source_.is(range.first + 1, "=");
    if (assigns || source_.is_any_word(range.first, {"end", "raise", "return", "null", "get",
                                                     "exit", "continue", "assert", "declare"})) {
      return;
    }
    if (source_.is_word(range.first, "execute") && read_own_sequence(range)) return;
    if (source_.is_word(range.first, "execute") && range.last == range.first + 2 &&
        source_.token(range.first + 1).starts_with('\'')) {
      std::string sql(source_.token(range.first + 1));
      sql = text::replace_all(sql.substr(1, sql.size() - 2), "''", "'");
      return read_statement_into(step_, sql, before_, conditional_);
    }
    if (source_.is_any_word(range.first, {"execute", "case"})) {
      step_.effects.emplace_back(lint::NotUnderstood{
          source_.is_word(range.first, "case") ? "a CASE of statements in a block is not followed"
                                               : "it runs SQL that is put together at run time"});
      return;
    }
    if (source_.is_word(range.first, "do")) {
      step_.effects.emplace_back(lint::NotUnderstood{"a block in a block is not followed"});
      return;
    }
    std::string sql = source_.text(range);
    if (source_.is_word(range.first, "perform"))
      sql = "SELECT " + source_.text({range.first + 1, range.last});
    read_statement_into(step_, sql, before_, conditional_);
  }

  SourceText source_;
  const model::Schema& before_;
  lint::Step& step_;
  std::size_t at_ = 0;
  bool conditional_ = false;
  ops::AlterColumn numbered_;  ///< the column whose sequence the block speaks of
};

}  // namespace

void StatementReader::do_block(const Node& node) {
  std::string language = "plpgsql";
  std::string body;
  for (const Node& it : node.list("args")) {
    const Node argument = it["DefElem"];
    if (argument.text("defname") == "language") language = argument["arg"].string();
    if (argument.text("defname") == "as") body = argument["arg"].string();
  }
  if (language != "plpgsql") return not_understood("a block in language " + language);
  BlockReader(body, before_, step_).read();
}

}  // namespace cupel::dialect::postgres
