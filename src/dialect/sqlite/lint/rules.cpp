// SPDX-License-Identifier: MIT
// See rules.hpp.
#include "dialect/sqlite/lint/rules.hpp"

#include <algorithm>
#include <array>

namespace cupel::dialect::sqlite {

using lint::Rule;
using lint::Severity;

std::span<const Rule> lint_rules() {
  static constexpr std::array kRules{
      Rule{"LK050", Severity::Warning,
           "a step that reads or writes a whole large table: a rebuild, DROP COLUMN, CREATE INDEX, "
           "VACUUM",
           "SQLite has one writer: for that long nobody else writes, in rollback mode nobody reads "
           "while it commits, and the file needs the space twice.",
           "Run it when nobody writes; put all changes of one table into one batch, so that it is "
           "rebuilt once:\n"
           "with op.batch_alter_table(\"users\") as batch: ..."},
      Rule{
          "SQ001", Severity::Error,
          "a table to which others refer is dropped or rebuilt while foreign keys are enforced",
          "DROP TABLE deletes all rows first, and ON DELETE CASCADE deletes the rows that refer to "
          "them: silently, and foreign_key_check finds nothing wrong.",
          "Leave PRAGMA foreign_keys alone: cupel switches it off before its transaction, looks "
          "with foreign_key_check before the commit, and switches it on again afterwards."},
      Rule{"SQ002", Severity::Error,
           "a PRAGMA that a transaction ignores or refuses, or one that splits the transaction",
           "foreign_keys does nothing inside of a transaction, and journal_mode and synchronous "
           "fail there. cupel runs them outside; then the run is no longer one transaction that is "
           "done or undone as a whole.",
           "Leave it out: foreign_keys is off while a migration runs. Set journal_mode where the "
           "database is opened, or in a revision of its own."},
      Rule{
          "SQ003", Severity::Error,
          "a statement that SQLite refuses, above all forms of ALTER TABLE",
          "ADD COLUMN takes no PRIMARY KEY, no UNIQUE, and, if the table has rows, no default that "
          "is computed and nothing STORED; there is no ALTER COLUMN ... TYPE or SET DEFAULT, and "
          "no key can be added. (NOT NULL without default: BC005.)",
          "As an operation cupel rebuilds the table and keeps what it had:\n"
          "op.alter_column(\"users\", \"age\", type_=sa.Integer())"},
      Rule{"SQ004", Severity::Warning, "a column is dropped that a trigger of another table uses",
           "SQLite looks at the triggers of the table itself, and refuses; those of other tables "
           "fail at the next write there.",
           "Drop the trigger first, and create it anew without the column."},
      Rule{
          "SQ005", Severity::Warning,
          "a table rebuilt by hand loses what belonged to it: indexes, triggers, STRICT, WITHOUT "
          "ROWID, AUTOINCREMENT or its counter",
          "DROP TABLE takes along what hangs on the table, and CREATE TABLE only makes what it "
          "says.",
          "Let cupel rebuild it: any operation that SQLite cannot do in place does that, and keeps "
          "everything:\n"
          "with op.batch_alter_table(\"users\") as batch: ..."},
      Rule{"SQ006", Severity::Warning, "syntax that the SQLite library may not know yet",
           "The file is opened by whatever library each program was built with. A schema that an "
           "older one cannot read makes it refuse the whole file.",
           "Say which version there is (--server-version), or write it in the older way."},
      Rule{"SQ007", Severity::Notice, "write-ahead logging with a library before 3.53.0",
           "Those versions can, rarely, reset the log at a moment when it still holds data.",
           "Use SQLite 3.53.0 or newer where the database is in WAL mode."},
      Rule{"SQ008", Severity::Warning, "another database file is attached",
           "In WAL mode a transaction over several files is atomic in each, not over all: after a "
           "crash one may have it and the other not.",
           "One database, one project; copy the data with a program."},
      Rule{"SQ009", Severity::Warning,
           "a rebuild by hand copies a column that may be NULL into one that may not",
           "The copy fails at the first row that holds NULL.",
           "INSERT INTO users_new (id, name) SELECT id, coalesce(name, '') FROM users;"},
      Rule{
          "TY011", Severity::Warning,
          "a declared type with another affinity than it seems to have, AUTOINCREMENT, or a string "
          "in double quotes",
          "SQLite looks for pieces of words in a type: STRING and UUID are numeric, so that '007' "
          "becomes 7, and POINT is an integer. A \"name\" that no column has is taken for a "
          "string, "
          "also where it was a slip of the pen.",
          "TEXT for text; 'single quotes' for strings; INTEGER PRIMARY KEY without AUTOINCREMENT, "
          "unless numbers of deleted rows must never be used again."},
  };
  return kRules;
}

Severity severity_of(std::string_view code) {
  const std::span<const Rule> rules = lint_rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.code == code; });
  return found == rules.end() ? Severity::Warning : found->severity;
}

}  // namespace cupel::dialect::sqlite
