// SPDX-License-Identifier: MIT
// What a new revision stands on: the checks of `revision` and `merge`. Nothing is written here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/revision/graph.hpp"

namespace cupel::revision {

/// The wish, as typed. (The `= {}` spare users of designated initialisers a compiler's warning.)
struct NewRevision {
  std::string id = {};
  /// Targets: `head`, `base`, `branch@head`, ids, prefixes; a label alone means the head of its
  /// branch.
  std::vector<std::string> heads = {"head"};
  /// Allows a parent that is no head.
  bool splice = false;
  std::vector<std::string> depends_on = {};
  std::vector<std::string> branch_labels = {};
};

/// What to write into the file.
struct NewRevisionHeader {
  std::vector<std::string> parents = {};
  /// Full ids; a label that was given as such stays one.
  std::vector<std::string> depends_on = {};
  bool operator==(const NewRevisionHeader&) const = default;
};

/// Throws RevisionError: an unsound graph, several heads, a parent that is no head, anything
/// unknown, an id or a label that is taken or has an illegal character.
CUPEL_API NewRevisionHeader check_new_revision(const Graph& graph, const NewRevision& wish);

/// The full ids of two or more different heads, in the given order; with `splice` of any revisions
/// that are not each other's ancestors. `heads` are all heads. Throws RevisionError.
CUPEL_API std::vector<std::string> merge_parents(const Graph& graph,
                                                 std::span<const std::string> names,
                                                 bool splice = false);

/// Throws RevisionError if the text cannot be a revision's id: empty, a reserved word, or a
/// character that targets and headers need for themselves. Length is the database's matter.
CUPEL_API void validate_id(std::string_view id);
/// The same for a branch label.
CUPEL_API void validate_label(std::string_view label);

}  // namespace cupel::revision
