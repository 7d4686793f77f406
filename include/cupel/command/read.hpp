// SPDX-License-Identifier: MIT
// current, history, heads, branches, show: what only looks. They work on a broken graph and an
// unknown revision too, and never create anything in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {

/// Where the database is.
struct CurrentReport {
  std::string url;  ///< without its password
  std::vector<std::string> rows;
  revision::CurrentRows resolved;
  /// The newest applied revision of each line: the known rows, and heads of branches that are
  /// applied only because another branch depends on them.
  std::vector<revision::Index> heads;
  bool at_heads = false;
  std::vector<revision::Index> pending;          ///< what `upgrade heads` would run, in order
  std::vector<migrate::JournalEntry> half_done;  ///< of an interrupted revision
};
/// A database that does not exist has no rows.
CUPEL_API CurrentReport current(Project& project);

struct HistoryReport {
  std::vector<revision::Index> revisions;  ///< newest first
  std::vector<std::string> current;        ///< ids, if the database was asked
  std::vector<migrate::HistoryEntry>
      applied;  ///< the log of what ran, oldest first, if it was asked for
};
/// `range`: "a:b", ":b", "a:", or empty for all; "current" in it, or `with_current`, asks the
/// database.
struct HistoryRequest {
  std::string range;
  bool with_current = false;
  bool with_applied =
      false;  ///< read the log too; a database that cannot be reached is no error then
};
CUPEL_API HistoryReport history(Project& project, const HistoryRequest& request);

/// By down_revision, or with dependencies resolved.
CUPEL_API std::vector<revision::Index> heads(Project& project, bool resolve_dependencies);
CUPEL_API std::vector<revision::Index> branches(Project& project);
/// The revisions that a name means; "current" asks the database.
CUPEL_API std::vector<revision::Index> show(Project& project, const std::string& name);

}  // namespace cupel::command
