// SPDX-License-Identifier: MIT
// Identifiers inside SQL text that no dialect has quoted yet (generated CHECKs, renamed columns).
#pragma once

#include <string>
#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel::model {

/// True for words that some database reserves, so that plain they never name a column. Any case.
bool is_reserved_word(std::string_view word);

/// The name as it may stand in SQL text of any database: plain if it is lower case and no reserved
/// word, otherwise between `quote` characters (a bracket is closed by its partner).
std::string quoted_if_needed(std::string_view name, char quote = '"');
/// Always quoted.
std::string quoted(std::string_view name, char quote = '"');
/// 'it''s'
std::string quoted_string(std::string_view value);

}  // namespace cupel::model
