// SPDX-License-Identifier: MIT
// `:name` placeholders, written out as literals.
#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/sql/ddl_writer.hpp"
#include "cupel/sql/placeholders.hpp"

namespace cupel::sql {

std::string inline_parameters(const DdlWriter& writer, const ops::ExecuteSql& operation) {
  const auto& parameters = operation.parameters;
  std::vector<bool> used(parameters.size(), false);
  const auto literal = [&](std::string_view name) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& p) { return p.first == name; });
    if (found == parameters.end()) {
      throw UsageError("the placeholder ':" + std::string(name) + "' has no value",
                       "write '\\:' where a plain colon is meant");
    }
    used[static_cast<std::size_t>(found - parameters.begin())] = true;
    return writer.literal_text(found->second);
  };
  std::string sql = replace_placeholders(operation.sql, writer.lex_rules(), literal);
  const auto unused = std::find(used.begin(), used.end(), false);
  if (unused != used.end()) {
    const std::string& name = parameters[static_cast<std::size_t>(unused - used.begin())].first;
    throw UsageError("parameter '" + name + "' is not used by the statement");
  }
  return sql;
}

}  // namespace cupel::sql
