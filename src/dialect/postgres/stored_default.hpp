// SPDX-License-Identifier: MIT
// A column's default in the spelling that comparisons use.
#pragma once

#include <optional>

#include "cupel/model/column.hpp"

namespace cupel::dialect::postgres {

/// 'on' for a boolean is true, 1.50 for a number is 1.5, 'x'::varchar for a text is 'x'. `type` is
/// the column's, as parse_type() gives it. nullopt for NULL, which is no default.
CUPEL_API std::optional<model::Expression> stored_default(const model::Expression& expression,
                                                          const model::Type& type);

}  // namespace cupel::dialect::postgres
