// SPDX-License-Identifier: MIT
// A database in memory that has the schema before a statement, as far as the statement speaks of
// it. Kept from one statement to the next: a thousand revisions change few things each.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cupel/model/schema.hpp"
#include "dialect/sqlite/lint/probe.hpp"

namespace cupel::dialect::sqlite {

class LintReplay {
 public:
  LintReplay();

  /// Brings everything of these names (lower case) to what `schema` says of it, and what they
  /// stand on.
  void bring(std::set<std::string> names, const model::Schema& schema);
  /// Begins anew with all of the schema.
  void bring_all(const model::Schema& schema);

  Compiled compile(const std::string& statement) { return probe_->compile(statement); }
  /// As the PRAGMA: renaming a table leaves views and triggers alone.
  void set_legacy_alter_table(bool on);
  /// The next statements need what the schema does not tell of: a temporary or virtual table.
  void keep() { must_stay_ = true; }
  /// Runs a statement that changes the schema. The error, or nothing.
  std::string run(const std::string& statement);

  /// True if an UPDATE or DELETE looks its rows up by a whole key.
  bool goes_by_key(const std::string& statement, const model::Table* table);

  /// As it is stored now, without its indexes; nullopt if there is none. In any case of letters.
  std::optional<model::Table> table(const std::string& name, bool temporary = false);
  /// The CREATE text of an index, view or trigger; empty if there is none.
  std::string definition(const std::string& name, bool temporary = false);

 private:
  struct Entry {
    std::string type;
    std::string name;
    std::string table;
    std::string sql;
  };
  void open();
  std::map<std::string, Entry> entries(const std::set<std::string>& names);
  static void add_dependents(std::set<std::string>& names, const model::Schema& schema);
  void bring_table(const model::Table& table, const Entry* entry);
  void create(const model::Table& table);
  void free_index_name(const std::string& name);
  bool is_same(const model::Table& table, const Entry& entry);
  void bring_view(const model::View& view, const Entry* entry);
  void bring_triggers(const std::set<std::string>& names, const model::Schema& schema,
                      const std::map<std::string, Entry>& have);
  void drop(const std::string& kind, const std::string& name);
  /// False if SQLite refuses.
  bool try_run(const std::string& statement);

  std::unique_ptr<driver::Connection> connection_;
  std::unique_ptr<StatementProbe> probe_;
  /// What was compared and found the same as what is stored, by lower-case name.
  std::map<std::string, model::Table> agreed_;
  std::map<std::string, std::string> agreed_views_;
  bool legacy_alter_table_ = false;
  /// Something is in there that no schema tells of: temporary or virtual tables.
  bool must_stay_ = false;
};

/// The value of a PRAGMA, lower case, that is a switch.
bool is_switched_on(const std::string& value);

/// The names that a statement speaks of, lower case, without quotes.
std::set<std::string> names_in(std::string_view statement);

}  // namespace cupel::dialect::sqlite
