// SPDX-License-Identifier: MIT
// How PostgreSQL reads text: quoting, reserved words, and the statements that mind transactions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cupel/base/export.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::dialect::postgres {

CUPEL_API const sql::LexRules& lex_rules();

/// Sorted, lower-case: names that must be quoted.
CUPEL_API std::span<const std::string_view> reserved_words();
/// The name, quoted if it must be.
CUPEL_API std::string quote_identifier(std::string_view name);

/// True for what the server refuses inside a transaction block: CREATE INDEX CONCURRENTLY, VACUUM,
/// CREATE DATABASE, ...
CUPEL_API bool runs_outside_transaction(std::string_view statement);

/// True for ALTER TYPE .. ADD VALUE: it runs inside a transaction, but the new value may be used
/// only after the commit.
CUPEL_API bool needs_commit_before_use(std::string_view statement);

}  // namespace cupel::dialect::postgres
