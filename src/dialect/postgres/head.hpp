// SPDX-License-Identifier: MIT
// Puts another name into a CREATE FUNCTION or CREATE TRIGGER.
#pragma once

#include <string>
#include <string_view>

namespace cupel::dialect::postgres {

/// The CREATE [OR REPLACE] FUNCTION or PROCEDURE with another (quoted) name; empty if it is none.
std::string with_name(std::string_view definition, std::string_view name);

/// The CREATE TRIGGER on another (quoted) table; empty if it is none.
std::string with_table(std::string_view definition, std::string_view table);

}  // namespace cupel::dialect::postgres
