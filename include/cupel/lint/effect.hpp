// SPDX-License-Identifier: MIT
// What one step of a revision does, as the rules see it: operations, whether they were called as
// such or read from SQL that somebody wrote, and the few things that SQL does besides. A rule is
// written once and holds for every format of script.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::lint {

using model::ObjectName;

struct Truncate {
  std::vector<ObjectName> tables;
  bool cascade = false;
};
/// UPDATE, DELETE, or INSERT of rows.
struct ChangeRows {
  enum class Verb { Insert, Update, Delete };
  Verb verb = Verb::Insert;
  ObjectName table;
  bool has_where = false;
  bool has_columns = false;               ///< INSERT: names its columns
  bool from_query = false;                ///< INSERT ... SELECT; UPDATE ... FROM
  bool has_conflict_clause = false;       ///< INSERT: ON CONFLICT, OR IGNORE, ...
  std::vector<std::string> columns = {};  ///< INSERT: named, UPDATE: set
  /// Literals that the statement speaks of, as text: a new enum value among them cannot be used
  /// yet.
  std::vector<std::string> literals = {};
  /// UPDATE, DELETE: finds its rows by a whole key, so they are few. False if that is not known.
  bool by_key = false;
};
/// BEGIN, COMMIT, ROLLBACK, SAVEPOINT, ... The first word, upper case.
struct ControlTransaction {
  std::string word;
};
struct SetVariable {
  std::string name;   ///< lower case; "role", "search_path", "foreign_keys", ...
  std::string value;  ///< as text, without quotes
  bool local = false;
};
/// Who may do what: GRANT, REVOKE, OWNER TO, row level security.
struct ChangePrivileges {
  std::string description;  ///< "grants SELECT on table 'users'"
  ObjectName table;         ///< empty: not on a table
};
/// A statement that changes neither schema nor rows in a way that has a struct above. `kind` is in
/// the database's words, lower case: "reindex", "vacuum full", "cluster", "lock table",
/// "set tablespace", "create policy", "advisory lock", "pragma", "select", "analyze", "comment".
struct Other {
  std::string kind;
  ObjectName object;
  std::string detail;  ///< lock mode, index name, tablespace, ...
  bool concurrently = false;
};
/// The reader could not tell what the statement does. Never silence.
struct NotUnderstood {
  std::string reason;
};

using Effect = std::variant<ops::Operation, Truncate, ChangeRows, ControlTransaction, SetVariable,
                            ChangePrivileges, Other, NotUnderstood>;

/// What only the database's own words say about one operation that was read from SQL.
struct Details {
  std::string using_index;  ///< ADD UNIQUE / PRIMARY KEY ... USING INDEX this
  bool partition_concurrently = false;
  /// It runs only if something holds (the body of an IF): it may find that all is done.
  bool conditional = false;
};

/// One statement or one call of `op`, with all it does in order.
struct Step {
  std::vector<Effect> effects;
  std::map<std::size_t, Details> details;  ///< of the effects, by their place; most have none
  std::string sql;                         ///< as written, or as the operation is rendered
  bool is_operation = false;               ///< a call of `op`, not SQL that somebody wrote
  bool in_transaction = true;
  FilePosition place;  ///< line 0: only the file is known
};

}  // namespace cupel::lint
