// SPDX-License-Identifier: MIT
// A failed or killed CREATE INDEX CONCURRENTLY leaves an index that is INVALID: it costs writes,
// helps no reader, and makes the next attempt fail ("already exists") or, with IF NOT EXISTS,
// succeed without an index. So it is looked for first.
// https://www.postgresql.org/docs/15/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
#include "dialect/postgres/recovery.hpp"

#include <algorithm>

#include "cupel/sql/splitter.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

struct ConcurrentIndex {
  bool drop = false;
  std::string index;  ///< as written: maybe quoted, for DROP maybe qualified
  std::string table;  ///< as written; empty for DROP
};

/// Reads a possibly qualified name from `words[at]` on.
std::string read_name(const std::vector<std::string>& words, std::size_t& at) {
  std::string name;
  while (at < words.size()) {
    name += words[at++];
    if (at >= words.size() || words[at] != ".") break;
    name += words[at++];
  }
  return name;
}

bool skip(const std::vector<std::string>& words, std::size_t& at, std::string_view word) {
  if (at >= words.size() || words[at] != word) return false;
  ++at;
  return true;
}

/// nullopt unless the statement is CREATE or DROP INDEX CONCURRENTLY with a name.
std::optional<ConcurrentIndex> parse(std::string_view statement) {
  const std::vector<std::string> words = sql::significant_texts(statement, 20, lex_rules());
  std::size_t at = 0;
  ConcurrentIndex result;
  result.drop = skip(words, at, "DROP");
  if (!result.drop && !skip(words, at, "CREATE")) return std::nullopt;
  skip(words, at, "UNIQUE");
  if (!skip(words, at, "INDEX") || !skip(words, at, "CONCURRENTLY")) return std::nullopt;
  if (skip(words, at, "IF")) {
    skip(words, at, "NOT");
    skip(words, at, "EXISTS");
  }
  if (at < words.size() && words[at] == "ON") return std::nullopt;
  result.index = read_name(words, at);
  if (result.drop) return result;
  if (!skip(words, at, "ON")) return std::nullopt;
  skip(words, at, "ONLY");
  result.table = read_name(words, at);
  return result;
}

/// True for ALTER TYPE ... ADD VALUE if the type has the value.
bool has_enum_value(std::string_view statement, driver::Connection& connection) {
  const std::vector<std::string> words = sql::significant_texts(statement, 20, lex_rules());
  std::size_t at = 0;
  if (!skip(words, at, "ALTER") || !skip(words, at, "TYPE")) return false;
  const std::string type = read_name(words, at);
  if (!skip(words, at, "ADD") || !skip(words, at, "VALUE")) return false;
  if (skip(words, at, "IF")) at += 2;  // NOT EXISTS
  if (at >= words.size()) return false;
  const std::vector<Value> parameters{type};
  const driver::Rows rows = connection.query(
      "SELECT 1 FROM pg_enum WHERE enumtypid = to_regtype($1) AND enumlabel = " + words[at],
      parameters);
  return !rows.empty();
}

enum class IndexState { Absent, Invalid, Valid };

/// Bare words come upper-cased from the lexer; the server folds them to lower case as it would in
/// the statement.
IndexState state_of(const ConcurrentIndex& index, driver::Connection& connection,
                    std::string& qualified) {
  std::vector<Value> parameters{index.index};
  if (!index.table.empty()) parameters.emplace_back(index.table);
  // The index lives in its table's schema; a dropped one is found by the search path or its own
  // qualification.
  const std::string wanted = index.table.empty()
                                 ? "to_regclass($1)"
                                 : "to_regclass((SELECT quote_ident(n.nspname) FROM pg_class t "
                                   "JOIN pg_namespace n ON n.oid = t.relnamespace "
                                   "WHERE t.oid = to_regclass($2)) || '.' || $1)";
  const driver::Rows rows = connection.query(
      "SELECT i.indisvalid, i.indexrelid::regclass::text FROM pg_index i WHERE i.indexrelid = " +
          wanted,
      parameters);
  if (rows.empty()) return IndexState::Absent;
  qualified = rows[0].text(1);
  return rows[0].boolean(0) ? IndexState::Valid : IndexState::Invalid;
}

}  // namespace

Recovery recovery(std::string_view statement, bool was_started, driver::Connection& connection) {
  const std::optional<ConcurrentIndex> index = parse(statement);
  if (!index) return {was_started && has_enum_value(statement, connection), {}};
  std::string qualified;
  const IndexState state = state_of(*index, connection, qualified);
  if (index->drop) return {was_started && state == IndexState::Absent, {}};
  if (state == IndexState::Invalid) return {false, {"DROP INDEX CONCURRENTLY " + qualified}};
  return {was_started && state == IndexState::Valid, {}};
}

}  // namespace cupel::dialect::postgres
