// SPDX-License-Identifier: MIT
// SQL in the form of SQLAlchemy's text(): `:name` is a parameter, a backslash and a colon are a
// colon.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/sql/lexer.hpp"

namespace cupel::alembic {

/// Puts what `parameter` gives in the place of every `:name`. `::` and what stands in strings,
/// quoted names and comments are no parameters.
std::string fill_text(std::string_view sql, const sql::LexRules& rules,
                      const std::function<std::string(std::string_view name)>& parameter);

/// Text, name, text, name, ..., text: what stands around the parameters, and their names.
std::vector<std::string> text_parts(std::string_view sql, const sql::LexRules& rules);

/// What a statement is, as far as running it goes.
enum class StatementKind {
  Reads,        ///< gives rows and changes nothing that the journal must know of
  Changes,      ///< INSERT, UPDATE, DELETE, ...
  Transaction,  ///< COMMIT and BEGIN, which the runner does by itself
  Other,        ///< DDL
};
StatementKind kind_of(std::string_view statement, const sql::LexRules& rules);

}  // namespace cupel::alembic
