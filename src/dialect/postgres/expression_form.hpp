// SPDX-License-Identifier: MIT
// One spelling for expressions that mean the same, so that what a person wrote can be compared with
// what the server made of it: ((age >= 18) AND ((role)::text = ANY (ARRAY['a'::text, 'b'::text])))
// and age >= 18 and role in ('a', 'b').
//
// This reads expressions by PostgreSQL's table of operator precedences, no statements. What it does
// not know it does not judge: then only the server can tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel::dialect::postgres {

/// For comparison only, this is no SQL. nullopt if the text is not an expression that this can
/// read.
CUPEL_API std::optional<std::string> expression_form(std::string_view sql);

/// Any SQL with one space between its tokens: words in lower case, names quoted only if they must
/// be, no comments, no final semicolon.
CUPEL_API std::string token_form(std::string_view sql);

}  // namespace cupel::dialect::postgres
