// SPDX-License-Identifier: MIT
// What SQLite's own compiler says of a statement: an error, or the actions that it would take, as
// its authorizer is asked about them. Nothing is run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/driver/connection.hpp"

namespace cupel::dialect::sqlite {

struct Action {
  enum class Kind {
    CreateTable,
    CreateIndex,
    CreateView,
    CreateTrigger,
    CreateVirtualTable,
    DropTable,
    DropIndex,
    DropView,
    DropTrigger,
    DropVirtualTable,
    AlterTable,
    Insert,
    Update,
    Delete,
  };
  Kind kind = Kind::Insert;
  std::string name;      ///< of what is created, dropped, altered; of the table whose rows change
  std::string detail;    ///< the table of an index or trigger; the column of an UPDATE
  std::string database;  ///< "main", "temp"
};

struct Compiled {
  std::string error;             ///< SQLite's message; empty if the statement compiles
  std::vector<Action> actions;   ///< without those of triggers, and of SQLite's own tables
  std::string string_in_quotes;  ///< a "name" that SQLite takes for a string, if there is one
};

/// Sets up a session in memory of its own so that nothing leaves it: no files, no extensions, no
/// endless statements.
class CUPEL_API StatementProbe {
 public:
  /// Borrows the connection, which nobody else uses.
  explicit StatementProbe(driver::Connection& connection);
  ~StatementProbe();
  StatementProbe(const StatementProbe&) = delete;
  StatementProbe& operator=(const StatementProbe&) = delete;

  Compiled compile(const std::string& statement);
  /// As PRAGMA legacy_alter_table, which the authorizer lets nobody set.
  void set_legacy_alter_table(bool on);
  /// Before each statement that is run: it may take so long again.
  void grant_time() { steps_ = 0; }

 private:
  struct Callbacks;
  std::string compile_once(const std::string& statement, std::vector<Action>* actions);
  std::string string_in_quotes(const std::string& statement);

  void* handle_;
  std::vector<Action>* actions_ = nullptr;  ///< where those of the statement being compiled go
  int steps_ = 0;
};

}  // namespace cupel::dialect::sqlite
