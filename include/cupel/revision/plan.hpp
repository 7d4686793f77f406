// SPDX-License-Identifier: MIT
// What to run, in which order, and what happens to the rows of the version table: upgrade,
// downgrade, stamp. Plans are values and touch nothing. A version table has one row per applied
// revision that no other applied revision has as a parent or a dependency.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/revision/graph.hpp"
#include "cupel/revision/target.hpp"

namespace cupel::revision {

enum class Direction { Upgrade, Downgrade, Stamp };
/// "upgrade", "downgrade", "stamp"
CUPEL_API std::string_view to_string(Direction direction);

/// One statement on the version table.
struct RowChange {
  enum class Kind { Delete, Update, Insert };
  Kind kind = Kind::Insert;
  std::string old_id;  ///< the row that must be there; empty for Insert
  std::string new_id;  ///< what it becomes; empty for Delete

  bool operator==(const RowChange&) const = default;
};

/// One revision to run, or one stamp.
struct Step {
  Direction direction = Direction::Upgrade;
  /// The revision that runs; for a stamp the one that is stamped, kNone when rows are only removed.
  Index revision = kNone;
  /// For `Running upgrade a, b -> c`: ids without dependencies; empty means base.
  std::vector<std::string> from;
  std::vector<std::string> to;
  /// The revision's message; empty for a stamp.
  std::string message;
  /// In the order of execution. A merge deletes the rows of all its parents but the last and
  /// updates that one; undoing it inserts all but the last and updates its own row to the last:
  /// each the mirror of the other.
  std::vector<RowChange> rows;

  bool operator==(const Step&) const = default;
};

struct Plan {
  std::vector<Step> steps;
  /// The rows when all is done, sorted.
  std::vector<std::string> rows_after;
  /// Something that people should know, without a final newline: why there is nothing to do. Mostly
  /// empty.
  std::string note;
  /// stamp --purge: empty the table before the first step. The steps count on that.
  bool purge_first = false;

  bool operator==(const Plan&) const = default;
};

/// From the current rows to the target: everything that it needs and that is not applied. Going to
/// a revision that is applied already is an empty plan with a note. `+N` goes N revisions forward
/// and must have one way; what these need from other branches comes along uncounted. `branch@+N`
/// does so on the branch. `rev+N` and `rev-N` are walked from that revision. Throws RevisionError:
/// an unsound graph, unknown rows, a target that is unknown or ambiguous, `-N`.
CUPEL_API Plan upgrade_plan(const Graph& graph, std::span<const std::string> rows,
                            const Target& target);
/// Parses the target first; a text that is an id is that id.
CUPEL_API Plan upgrade_plan(const Graph& graph, std::span<const std::string> rows,
                            std::string_view target);

/// Undoes, newest first:
/// - `rev`: every applied revision above it (its children and what stands on them); its
///   dependants stay.
/// - `branch@rev`: of these only what lies on the branch, and what stands on that.
/// - `base`: everything.
/// - `branch@base`: what belongs to the branch alone: the labelled revision, the revisions before
///   it back to the nearest branchpoint or merge, and everything that stands on these. That
///   branchpoint or merge, and what is below it, stays.
/// - `-N`: the N newest revisions, one row at a time, as long as there is one row; undoing a merge
///   gives two, so a further step is an error that names the choices.
/// - `branch@-N`: the same with the rows of the branch alone.
/// - `rev-N`: walks N parents back from rev and undoes what is above on that way: `rev-1` undoes
///   rev.
///
/// Throws RevisionError: as upgrade_plan, and for a target that is not applied.
CUPEL_API Plan downgrade_plan(const Graph& graph, std::span<const std::string> rows,
                              const Target& target);
CUPEL_API Plan downgrade_plan(const Graph& graph, std::span<const std::string> rows,
                              std::string_view target);

/// Makes the rows say that the targets are applied, without running anything: rows that are
/// ancestors or descendants of a target give way to it, other rows stay. `base` removes all rows;
/// `branch@base` and `+N`, `-N` leave the rows that the downgrade or upgrade would leave. A target
/// that is an ancestor of another one is refused; one that another one depends on is implied by it.
/// With `purge` the old rows do not matter, not even unknown ones.
CUPEL_API Plan stamp_plan(const Graph& graph, std::span<const std::string> rows,
                          std::span<const Target> targets, bool purge = false);
CUPEL_API Plan stamp_plan(const Graph& graph, std::span<const std::string> rows,
                          std::span<const std::string> targets, bool purge = false);

/// `upgrade a, b -> c`: for `-- Running ...` in scripts.
CUPEL_API std::string short_log(const Step& step);
/// `upgrade a, b -> c, message`: for the log line.
CUPEL_API std::string long_log(const Step& step);

}  // namespace cupel::revision
