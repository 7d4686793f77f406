// SPDX-License-Identifier: MIT
// From names to revisions: partial ids, targets, ranges, and the rows of a version table. For
// reading commands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/revision/graph.hpp"
#include "cupel/revision/target.hpp"

namespace cupel::revision {

/// What the rows of a version table say. Each list is without repetition.
struct CurrentRows {
  /// The rows that count, sorted by id: no row is an ancestor or a dependency of another one.
  std::vector<Index> known;
  /// Rows that no file defines, in the given order.
  std::vector<std::string> unknown;
  /// Rows that another row already implies, sorted by id. Plans delete them with their first step.
  std::vector<Index> redundant;

  bool operator==(const CurrentRows&) const = default;
};

/// Never throws; for reading commands, which go on with what is known.
CUPEL_API CurrentRows resolve_rows(const Graph& graph, std::span<const std::string> rows);
/// As resolve_rows, but throws RevisionError if a row is unknown. For everything that writes.
CUPEL_API CurrentRows require_known_rows(const Graph& graph, std::span<const std::string> rows);

/// Revisions that `upgrade heads` would run, in its order.
CUPEL_API std::vector<Index> pending(const Graph& graph, std::span<const std::string> rows);
/// True if the rows are exactly the real heads, with none unknown: what `current --check-heads`
/// asks.
CUPEL_API bool is_at_heads(const Graph& graph, std::span<const std::string> rows);

/// By id, label, or any unique beginning of one. Throws RevisionError: unknown (with the nearest
/// name), ambiguous.
CUPEL_API Index find_revision(const Graph& graph, std::string_view name);

/// The revisions that a target names, sorted by id; empty for base. `current` and `current-1` count
/// from `rows`; steps alone count back from the head (`-1`), and are refused forward (`+1`). Throws
/// RevisionError.
CUPEL_API std::vector<Index> resolve(const Graph& graph, const Target& target,
                                     std::span<const std::string> rows = {});
/// Parses, but takes a text that is an id as that id, even if it could be read otherwise.
CUPEL_API std::vector<Index> resolve(const Graph& graph, std::string_view text,
                                     std::span<const std::string> rows = {});

/// The revisions of a range, newest first, both ends included. `a:b`: what lies on a way from a to
/// b; an open start is base, an open end the heads. Steps alone count from the other end:
/// `-3:current`, `ab12:+2`. Throws RevisionError if the two ends are not on one line.
CUPEL_API std::vector<Index> history(const Graph& graph, const TargetRange& range,
                                     std::span<const std::string> rows = {});
/// Everything, newest first.
CUPEL_API std::vector<Index> history(const Graph& graph);

}  // namespace cupel::revision
