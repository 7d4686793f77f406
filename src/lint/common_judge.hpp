// SPDX-License-Identifier: MIT
// What the families of common rules share: one effect with all that is known around it, and what
// the revision has done so far. One family is one judge_<x>.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/lint/judge.hpp"

namespace cupel::lint {

using model::ObjectName;
using ColumnKey = std::pair<ObjectName, std::string>;

/// What the steps so far have done. Names are as they are now.
struct SoFar {
  std::set<ObjectName> made;                   ///< tables
  std::map<ObjectName, model::Table> dropped;  ///< tables that were there, as they were
  std::set<ObjectName> dropped_in_use;         ///< those of them that other programs may know
  std::map<ColumnKey, model::Column> added;    ///< columns of tables that were there
  std::set<ColumnKey> written;                 ///< columns that an UPDATE has set
  std::set<std::string> not_null_checks;       ///< "table.column": a CHECK says IS NOT NULL

  void note(const Effect& effect, const State& state);
  bool has_made(const ObjectName& table) const { return made.contains(table); }
  /// The column that this revision has added; null if it has not.
  const model::Column* added_column(const ObjectName& table, const std::string& column) const;
};

/// One effect, or one change of a table, where it stands.
struct Sight {
  const Step& step;
  const Details& details;
  const State& state;
  const SoFar& so_far;

  const model::Table* table(const ObjectName& name) const { return state.schema.find_table(name); }
  /// True if the table was there before what is linted, and rows may be in it.
  bool may_hold_rows(const ObjectName& table) const;
  /// True if other programs may use the table.
  bool is_in_use(const ObjectName& table) const;
};

/// Makes findings with the severity of their rule.
class Findings {
 public:
  explicit Findings(const Report& report) : report_(report) {}
  /// To be filled in further before the next one; reported by the destructor or the next add().
  Finding& add(std::string_view code, const FilePosition& place, std::string object,
               std::string message);
  ~Findings() { flush(); }
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

 private:
  void flush();
  const Report& report_;
  std::optional<Finding> pending_;
};

/// Rules that belong together. Sees each effect; a change of a table (also those inside of an
/// AlterTable, and those that a rebuild by hand amounts to) as a change.
class Family {
 public:
  explicit Family(const CommonFacts& facts) : facts_(facts) {}
  virtual ~Family();
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  virtual void begin_step(const Step& step, const State& state, Findings& out);
  virtual void see(const Effect& effect, const Sight& sight, Findings& out);
  virtual void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
                      Findings& out);
  virtual void end(const State& after, const SoFar& so_far, Findings& out);

 protected:
  std::string quote(const ObjectName& name) const { return facts_.writer->quote(name); }
  std::string quote(const std::string& name) const {
    return facts_.writer->quote(std::string_view(name));
  }
  /// Of a column that a query makes the type may not be known.
  std::string type_words(const model::Type& type) const;
  /// "a, b", quoted.
  std::string quoted(const std::vector<std::string>& names) const;
  const CommonFacts& facts_;
};

std::unique_ptr<Family> data_family(const CommonFacts& facts);      // DS
std::unique_ptr<Family> shape_family(const CommonFacts& facts);     // DS009
std::unique_ptr<Family> compat_family(const CommonFacts& facts);    // BC
std::unique_ptr<Family> replaced_family(const CommonFacts& facts);  // BC009, BC011, RV006
std::unique_ptr<Family> values_family(const CommonFacts& facts);    // DD
std::unique_ptr<Family> keys_family(const CommonFacts& facts);      // IX001, IX002, IX008, IX009
std::unique_ptr<Family> index_family(const CommonFacts& facts);     // IX003, IX004, IX010
std::unique_ptr<Family> tables_family(const CommonFacts& facts);    // IX007, TY001, TY012, NM005
std::unique_ptr<Family> names_family(const CommonFacts& facts);     // NM001, NM002, NM003
std::unique_ptr<Family> rows_family(const CommonFacts& facts);      // DV, TX003-TX005, RV004

// Words for messages.

/// "column 'phone' of table 'users'"
std::string column_of(const std::string& column, const ObjectName& table);
/// "table 'users'"
std::string table_words(const ObjectName& table);
/// "users.phone"
std::string dotted(const ObjectName& table, const std::string& column);
/// "the rows" or "about 1,200 rows".
std::string rows_words(std::int64_t rows);

/// What a rebuild by hand (create, copy, drop, rename) amounts to.
std::vector<ops::TableChange> changes_between(const model::Table& before,
                                              const model::Table& after);

/// How a new type holds the values of an old one.
enum class TypeChange {
  Same,      ///< or wider without anybody noticing
  Wider,     ///< holds all, but clients see another type
  Narrower,  ///< may refuse or cut
  Parsed,    ///< has to read each value
  Other,     ///< another kind that holds all
};
TypeChange compare_types(const model::Type& before, const model::Type& after);
/// Both numbers, both text, ...
bool are_alike(const model::Type& before, const model::Type& after);
/// The type before the change; null if nobody knows, and for a column that this revision has added.
const model::Type* old_type(const ObjectName& table, const ops::AlterColumn& alter,
                            const Sight& sight);

/// True if an index or key of the table begins with these columns, in any order; `only_unique`: is
/// unique over some of them and nothing else.
bool has_index_over(const model::Table& table, const std::vector<std::string>& columns);
bool is_unique_over(const model::Table& table, const std::vector<std::string>& columns);

/// The columns that a foreign key refers to, filled in from the referred table.
std::vector<std::string> referred_columns(const model::ForeignKey& key, const model::Table& parent);

}  // namespace cupel::lint
