// SPDX-License-Identifier: MIT
// `:name` placeholders in SQL text, turned into a database's own.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/base/value.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::sql {

/// Replaces every `:name` by what `replacement` gives for the name. `\:` becomes a colon; `::`, the
/// colon of a slice (`a[1:n]`) and what stands in strings, quoted names and comments is left alone.
CUPEL_API std::string replace_placeholders(
    std::string_view sql, const LexRules& rules,
    const std::function<std::string(std::string_view name)>& replacement);

/// A statement with the database's placeholders and one value for each.
struct BoundStatement {
  std::string sql;
  std::vector<Value> values;
};

/// Throws UsageError for a placeholder without value, and for a value that no placeholder uses.
CUPEL_API BoundStatement
bind_parameters(std::string_view sql, const LexRules& rules,
                const std::vector<std::pair<std::string, Value>>& parameters,
                const std::function<std::string(std::size_t n)>& placeholder);

}  // namespace cupel::sql
