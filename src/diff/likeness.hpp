// SPDX-License-Identifier: MIT
// How alike two constraints or indexes are, their names and comments aside.
#pragma once

#include "cupel/diff/rules.hpp"

namespace cupel::diff {

enum class Likeness {
  Same,
  Texts,  ///< nothing but the texts of expressions differs; a server may say that they mean the
          ///< same
  Different,
};

/// Both are in normalized() form.
Likeness likeness(const model::Constraint& a, const model::Constraint& b, const DiffRules& rules);
Likeness likeness(const model::Index& a, const model::Index& b, const DiffRules& rules);

/// The worse of two.
inline Likeness both(Likeness a, Likeness b) { return a < b ? b : a; }

}  // namespace cupel::diff
