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

/// Of what no server can find alike.
inline Likeness exact(bool same) { return same ? Likeness::Same : Likeness::Different; }

/// Of two expressions or bodies. Where one has a text and the other has none, no server can help.
Likeness of_texts(const std::string& a, const std::string& b, const DiffRules& rules);

/// The worse of two.
inline Likeness both(Likeness a, Likeness b) { return a < b ? b : a; }

}  // namespace cupel::diff
