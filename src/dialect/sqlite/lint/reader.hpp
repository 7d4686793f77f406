// SPDX-License-Identifier: MIT
// What a statement that somebody wrote does: SQLite compiles it, and runs it if it changes the
// schema, on a replayed one in memory; the schema before and after tells the operation.
#pragma once

#include <string>
#include <string_view>

#include "cupel/lint/effect.hpp"
#include "cupel/model/schema.hpp"
#include "dialect/sqlite/lint/replay.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {

// Kinds of lint::Other that only SQLite has.

/// A form that SQLite refuses; `detail` says why.
inline constexpr const char* kRefused = "refused";
/// A "name" that is taken for a string; `detail` is the name.
inline constexpr const char* kStringInQuotes = "string in double quotes";
/// A form that only newer versions know; `detail` is the first one, "3.53.0".
inline constexpr const char* kNeedsVersion = "needs version";

class CUPEL_API StatementReader {
 public:
  /// Never throws for what the statement says.
  lint::Step read(std::string_view statement, const model::Schema& before);

 private:
  using Tokens = sql::StatementTokens;
  /// One statement with all that is needed to read it.
  struct Reading {
    const std::string& sql;
    const Tokens& tokens;
    const model::Schema& before;
    std::vector<lint::Effect>& effects;
  };
  /// What needs no compiler: transactions, pragmas, files.
  bool read_command(const Reading& reading);
  bool read_pragma(const Reading& reading);
  void read_compiled(const Reading& reading);
  void read_actions(const Reading& reading, const Compiled& compiled);
  bool read_schema_change(const Reading& reading, const Action& action);
  void read_create_table(const Reading& reading, const Action& action);
  void read_create_index(const Reading& reading, const Action& action);
  void read_create_view(const Reading& reading);
  void read_create_trigger(const Reading& reading, const Action& action);
  static void read_drop(const Reading& reading, const Action& action);
  void read_alter_table(const Reading& reading, const Action& action);
  void read_rows(const Reading& reading, const Compiled& compiled);
  /// DROP ... IF EXISTS of what is not there, and the like.
  static bool read_without_actions(const Reading& reading);
  /// A statement that does not compile, but is known to be refused, or to be newer than this
  /// library.
  static bool read_refused(const Reading& reading, const std::string& error);
  /// Runs it; false, and an effect, if SQLite refuses.
  bool run(const Reading& reading);

  LintReplay replay_;
};

}  // namespace cupel::dialect::sqlite
