// SPDX-License-Identifier: MIT
// Quoting of names and strings, as every dialect shares it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel::sql {

/// 'it''s'
CUPEL_API std::string quote_string(std::string_view text);

/// The name between `quote` marks, marks inside doubled: "a""b". `quote` may be '"' or '`'.
CUPEL_API std::string quote_always(std::string_view name, char quote = '"');

/// True if the name must be quoted to survive: an upper-case letter, a reserved word, a character
/// other than a-z 0-9 _ $, or a digit or $ in front; the empty name too. `reserved` is sorted and
/// lower-case.
CUPEL_API bool needs_quoting(std::string_view name, std::span<const std::string_view> reserved);

/// The name, quoted if it must be.
CUPEL_API std::string quote_identifier(std::string_view name,
                                       std::span<const std::string_view> reserved,
                                       char quote = '"');

}  // namespace cupel::sql
