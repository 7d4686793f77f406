// SPDX-License-Identifier: MIT
// What happens to the values when a column's type changes.
#pragma once

#include <string>

#include "cupel/diff/rules.hpp"

namespace cupel::dialect::postgres {

/// Both types are as stored() gives them.
CUPEL_API diff::TypeChange judge_change(const model::Type& from, const model::Type& to);

/// What follows USING; empty where the server converts by itself.
CUPEL_API std::string conversion(const std::string& quoted_column, const model::Type& from,
                                 const model::Type& to);

/// True where both are one type for the server. Of an enum the name decides: its values are the
/// type's matter. Dimensions of arrays are written down and never looked at.
CUPEL_API bool same_stored_type(const model::Type& a, const model::Type& b);

}  // namespace cupel::dialect::postgres
