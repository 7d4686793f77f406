// SPDX-License-Identifier: MIT
// revision --autogenerate and check: the models against the database.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/command/write.hpp"
#include "cupel/diff/diff.hpp"

namespace cupel::command {

/// What people decided, as they typed it.
struct CUPEL_API Decisions {
  std::vector<std::string> renames;      ///< "users=people", "users.name=users.full_name"
  std::vector<std::string> not_renames;  ///< the same pairs: a removal and an addition
  bool no_renames = false;               ///< nothing is a rename but what `renames` says
  /// "users.phone='none'": table, column, and an SQL expression for the rows that are there.
  std::vector<std::string> fills;
};

/// Something in the database that neither a source declares nor a revision made. It is left alone.
struct CUPEL_API Unmanaged {
  model::ObjectKey object;
  std::string product;  ///< whose it is, as far as its name tells ("LangGraph"); may be empty
  bool operator==(const Unmanaged&) const = default;
};

/// Rows that are there already need a value, and nothing says which.
struct CUPEL_API FillQuestion {
  model::ObjectName table;
  model::Column column;
  bool is_new = false;          ///< the column is added; else it becomes NOT NULL
  bool must_be_unique = false;  ///< one value for all rows would not do
};
/// "--fill users.phone=..." without the value.
CUPEL_API std::string fill_flag(const FillQuestion& question);
/// "users=people", "users.name=users.full_name": as Decisions take it.
CUPEL_API std::string rename_flag(const diff::Rename& rename);

struct CUPEL_API CheckReport {
  std::vector<diff::Finding> findings;
  std::vector<Unmanaged> unmanaged;
  /// Pairs of which nobody has said whether they are renames.
  std::vector<diff::RenameQuestion> questions;
  bool is_clean() const { return findings.empty() && questions.empty(); }
};
/// Throws RevisionError if the database is not at the heads.
CUPEL_API CheckReport check(Project& project);

struct CUPEL_API GenerateReport {
  RevisionReport file;  ///< its path is empty if nothing was written
  std::vector<diff::Finding> findings;
  std::vector<Unmanaged> unmanaged;
  /// Declared tables and views that are there though no revision makes them: a new database would
  /// lack them.
  std::vector<model::ObjectKey> unmade;
  // To be decided first: if there is any, nothing was written.
  std::vector<diff::RenameQuestion> renames_to_decide;
  std::vector<FillQuestion> fills_to_decide;
  bool is_written() const { return !file.path.empty(); }
  bool has_questions() const { return !renames_to_decide.empty() || !fills_to_decide.empty(); }
};
struct CUPEL_API GenerateRequest {
  RevisionRequest revision;
  Decisions decisions;
  bool allow_empty = false;
  /// Told what was found, before a file is written.
  std::function<void(const GenerateReport&)> before_writing = {};
};
/// Writes the revision that turns the database into what the models say. Throws RevisionError if
/// the database is not at the heads; UsageError for a decision about something that is not there.
CUPEL_API GenerateReport generate(Project& project, const GenerateRequest& request);

}  // namespace cupel::command
