// SPDX-License-Identifier: MIT
// Steps that destroy what is stored, as operations or as SQL that somebody wrote. SQL is judged by
// its tokens, without a grammar: what cannot be understood is not found. Whether there is something
// to lose is the database's to say; see migrate/loss.hpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/ops/operation.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::lint {

/// What one step destroys.
struct Destruction {
  enum class Kind {
    Rows,       ///< of `table`, which is dropped or emptied
    Values,     ///< of `column`, which is dropped
    CutValues,  ///< of `column`, as far as its new `type` cannot hold them
    Rebuild,    ///< of the columns of `table` that are not among `kept`
    Unknown,    ///< what cannot be counted: a schema, whatever depends on a type
  };
  Kind kind = Kind::Rows;
  std::string code;         ///< stable: DS001 table, DS002 column, DS003 schema, DS004 TRUNCATE,
                            ///< DS006 type, DS007 dependents, DS008 table made anew,
                            ///< DV001 DELETE without WHERE
  std::string description;  ///< "drops table 'users'"
  // SQL text, quoted as needed; names as they are before the steps that have not run yet.
  std::string table = {};
  std::string column = {};
  std::string type = {};
  std::string using_expression = {};
  std::vector<std::string> kept = {};  ///< lower case
  std::size_t statement = 0;           ///< which of the statements given
  bool operator==(const Destruction&) const = default;
};

/// Follows the steps of a run in their order, since what the run itself has made is not lost with
/// it. A plain value: a copy goes back with a transaction.
class CUPEL_API DestructionWatch {
 public:
  /// Borrows the writer of the database.
  explicit DestructionWatch(const sql::DdlWriter& writer) : writer_(&writer) {}

  std::vector<Destruction> see(const ops::Operation& operation);
  /// Statements that belong together, such as a section of a file: of a table that is rebuilt
  /// (created under another name, filled, dropped, renamed) only the columns left out are lost.
  std::vector<Destruction> see(std::span<const std::string_view> statements);
  /// Everything seen so far has run: from now on things are called what they were renamed to.
  void has_run() { renamed_.clear(); }

 private:
  friend class StatementReader;
  friend class OperationReader;
  /// Keys tell names apart: lower case unless quoted; a column is "table.column".
  void made(const std::string& key) { made_.insert(key); }
  /// `copy` holds the rows of the table from now on: to lose it is to lose them.
  void rebuilt(const std::string& copy, const std::string& table, const std::string& table_text);
  void renamed(const std::string& from, const std::string& to, const std::string& from_text);
  bool is_made(const std::string& key) const { return made_.contains(key); }
  /// How the database still knows the name.
  std::string before(const std::string& key, const std::string& text) const;
  /// The key that it had before it was renamed; nullopt if it was not.
  std::optional<std::string> place_of(const std::string& key) const;

  const sql::DdlWriter* writer_;
  std::set<std::string> made_;
  std::map<std::string, std::string> renamed_;  ///< key then -> text now
  std::map<std::string, std::string> places_;   ///< key now -> key at first
};

}  // namespace cupel::lint
