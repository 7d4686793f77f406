// SPDX-License-Identifier: MIT
// Who judges: the rules that hold everywhere (judge_common), and each database's own
// (DialectLint, implemented in dialect/<db>/lint/). Both see the steps of a revision in their
// order, with the schema as the steps before have made it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/export.hpp"
#include "cupel/lint/effect.hpp"
#include "cupel/lint/finding.hpp"
#include "cupel/lint/rule.hpp"
#include "cupel/model/schema.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::lint {

/// What is known beside the step. Borrowed by whoever judges, during the call.
struct State {
  const model::Schema& schema;  ///< before the step
  /// False once a step was not understood: a table that `schema` lacks may exist.
  bool schema_is_complete = true;
  /// Tables that hold no rows worth a warning: made by what is linted, before this step.
  const std::set<ObjectName>& new_tables;
  /// As driver::Connection::server_version() (150018; 34001 for SQLite 3.40.1); 0: not known, the
  /// oldest that is supported is assumed.
  int server_version = 0;
  /// Rows of each table by the database's own estimate, if one was asked.
  const std::map<ObjectName, std::int64_t>* rows = nullptr;
  /// A table with fewer rows is small: what locks or reads it is a notice.
  std::int64_t small_table = 10'000;
  bool has_lock_timeout = false;  ///< the run itself sets one
  bool has_statement_timeout = false;
  /// True if the table existed before what is linted, as far as is known.
  CUPEL_API bool is_old(const ObjectName& table) const;
  /// -1: not known.
  CUPEL_API std::int64_t rows_of(const ObjectName& table) const;
};

/// Takes findings in the order in which they are made.
using Report = std::function<void(Finding)>;

/// Judges the steps of one revision in one direction. Made anew for each.
class CUPEL_API RevisionJudge {
 public:
  virtual ~RevisionJudge();
  virtual void see(const Step& step, const State& state, const Report& report) = 0;
  /// The transaction that held the steps so far is over (or a step ran outside of one).
  virtual void end_transaction(const Report& report) { (void)report; }
  /// `after`: what the last step left.
  virtual void end_revision(const State& after, const Report& report) {
    (void)after;
    (void)report;
  }
};

/// What a database supplies.
class CUPEL_API DialectLint {
 public:
  virtual ~DialectLint();
  /// The database's own rules, in the order of their codes.
  virtual std::span<const Rule> rules() const = 0;
  /// What a statement does, in order. Never throws for a statement that is wrong or unknown: the
  /// effect is NotUnderstood then. `before` fills in what the statement leaves open.
  virtual Step read(std::string_view statement, const model::Schema& before) = 0;
  virtual std::unique_ptr<RevisionJudge> make_judge() const = 0;
};

/// What the rules that hold for every database ask of one.
struct CommonFacts {
  const sql::DdlWriter* writer = nullptr;  ///< for what is pasted, and for what must be quoted
  std::size_t max_identifier_length = 63;
  /// A value too long or too large for its column's type is refused. False: types say little, and
  /// any integer has 64 bits.
  bool types_limit_values = true;
  /// The project's naming convention: what a name must match (see text::matches_pattern), by
  /// "table", "column", "index", "primary", "unique", "foreignkey", "check". None for most.
  std::map<std::string, std::string> name_patterns = {};
};
/// Rules that hold for every database (DS, BC, DD, IX, NM, DV, RV, TX003-TX005).
CUPEL_API std::unique_ptr<RevisionJudge> make_common_judge(const CommonFacts& facts);

}  // namespace cupel::lint
