// SPDX-License-Identifier: MIT
// What people type to name a revision: `ab12`, `head`, `base`, `+1`, `left@head`, `ab12-2`, `a:b`.
// Syntax only, no graph:
//   target = [branch "@"] ( symbol [steps] | steps )
//   symbol = head | heads | base | current | an id, a label, or the beginning of one
//   steps  = ( "+" | "-" ) digits
//   range  = [target] ":" [target]
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cupel/base/error.hpp"

namespace cupel::revision {

struct Target {
  enum class Kind {
    Id,        ///< an id, a label, or the beginning of one
    Head,      ///< the only head
    Heads,     ///< all heads
    Base,      ///< before the first revision
    Current,   ///< the rows of the version table
    Relative,  ///< steps alone: counted from where the command begins
  };
  Kind kind = Kind::Id;
  /// What stands before '@': a label or an id. Empty: no restriction to a branch.
  std::string branch;
  /// For Kind::Id what to look up; otherwise empty.
  std::string symbol;
  /// Revisions to walk from the symbol, forward if positive; 0: none.
  int steps = 0;
  /// As typed, for messages.
  std::string text;

  bool operator==(const Target&) const = default;
};

/// A missing end is open: everything from the bases, or up to the heads.
struct TargetRange {
  std::optional<Target> start;
  std::optional<Target> end;
  std::string text;

  bool operator==(const TargetRange&) const = default;
};

/// True if the text is meant as a range: it has a ':'.
CUPEL_API bool is_range(std::string_view text);
/// Throws UsageError for what is no target, a range included.
CUPEL_API Target parse_target(std::string_view text);
/// Throws UsageError for what is no range: no ':', or more than one.
CUPEL_API TargetRange parse_range(std::string_view text);

}  // namespace cupel::revision
