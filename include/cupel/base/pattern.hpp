// SPDX-License-Identifier: MIT
// Names with wildcards, as settings have them: "legacy_*", "schema/*.sql".
#pragma once

#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel::text {

/// '*' is any text, '?' one character, [a-z] one of these, [!a-z] none of them; a backslash takes
/// the next character as it is. The whole text must match; bytes are compared as they are.
CUPEL_API bool matches_pattern(std::string_view text, std::string_view pattern);
/// True if the text has a character that matches_pattern() reads as a wildcard.
CUPEL_API bool has_wildcard(std::string_view text);

}  // namespace cupel::text
