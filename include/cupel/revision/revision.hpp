// SPDX-License-Identifier: MIT
// What the graph knows of one migration file: its header, not its content.
#pragma once

#include <string>
#include <vector>

namespace cupel::revision {

/// Position of a revision in its Graph; ascending in the order of ids. Valid for that graph only.
using Index = int;

/// No revision; as a parent: the base, which is before the first revision.
inline constexpr Index kNone = -1;

/// One migration file as its header describes it. A plain value; nothing here has been checked.
struct Revision {
  std::string id = {};
  /// Ids of the parents (`down_revision`) in the order of the file: none for a base, several for a
  /// merge.
  std::vector<std::string> parents = {};
  /// Ids or branch labels, as written, of what else must have been applied before.
  std::vector<std::string> depends_on = {};
  /// The names that this file gives to its branch; Graph::labels() also knows the inherited ones.
  std::vector<std::string> branch_labels = {};
  /// The first paragraph of the description, on one line.
  std::string message = {};
  /// The whole description for the verbose form; empty: it is composed from message, ids and
  /// `created`.
  std::string doc = {};
  /// When the file was made, as text for people; may be empty.
  std::string created = {};
  /// Where the file is, for people and messages; may be empty.
  std::string path = {};
  /// Which file it was, in the order in which the folders were listed; where order matters that
  /// nothing else says.
  int file_number = 0;

  bool operator==(const Revision&) const = default;
};

}  // namespace cupel::revision
