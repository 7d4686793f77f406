// SPDX-License-Identifier: MIT
// How SQLite reads text: quoting, reserved words, and the statements that mind transactions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cupel/base/export.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::dialect::sqlite {

CUPEL_API const sql::LexRules& lex_rules();

/// Sorted, lower-case: names that must be quoted.
CUPEL_API std::span<const std::string_view> reserved_words();
/// The name, quoted if it must be.
CUPEL_API std::string quote_identifier(std::string_view name);

/// True for what SQLite refuses or silently ignores inside a transaction: VACUUM, ATTACH, DETACH,
/// and pragmas such as journal_mode and foreign_keys.
CUPEL_API bool runs_outside_transaction(std::string_view statement);

}  // namespace cupel::dialect::sqlite
