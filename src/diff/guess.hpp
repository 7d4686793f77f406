// SPDX-License-Identifier: MIT
// Renames that nobody has decided: taken beyond doubt, asked if likely.
#pragma once

#include "diff/renames.hpp"

namespace cupel::diff {

/// Looks at the tables that are on one side only and not renamed already.
void guess_tables(const Side& from, const Side& to, const DiffRules& rules, const Options& options,
                  RenameDecision& result);
/// Looks at one pair of tables.
void guess_columns(const Side& from_side, const model::Table& from, const Side& to_side,
                   const model::Table& to, const DiffRules& rules, const Options& options,
                   RenameDecision& result);

}  // namespace cupel::diff
