// SPDX-License-Identifier: MIT
// Operations and schemas as the code that a person would have written: what goes into a new
// revision, and what `cupel inspect` prints.
#pragma once

#include <string>
#include <vector>

#include "cupel/model/naming.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::dialect {
class Dialect;
}

namespace cupel::script {

/// A step of a revision: operations that belong together, with a comment for its reader.
struct CUPEL_API Step {
  std::string comment;  ///< lines without comment marks; may be empty
  std::vector<ops::Operation> operations;
};

/// Statements with a semicolon each, for a section of a .sql revision: exactly what running the
/// operations would execute. `before` is the schema that they meet (a table rebuild needs it). A
/// comment that would read as a directive is marked with a `>`.
CUPEL_API std::string render_sql(const std::vector<Step>& steps, const dialect::Dialect& dialect,
                                 const model::Schema& before);
/// Calls of `op`, for a function body of a .cpp revision; compiles with what the .cpp template
/// includes. Not indented, since the template does that. Names that `naming` would change are
/// written as f("name"); what it would make by itself is left to it.
CUPEL_API std::string render_cpp(const std::vector<Step>& steps,
                                 const model::NamingConvention& naming = {},
                                 std::size_t max_name_length = 63);
/// Structs and a `declare(model::Schema&)` that maps them: a whole header. What no struct can hold
/// (a table without columns that C++ knows, views, enums) is added as plain values.
CUPEL_API std::string render_cpp_models(const model::Schema& schema,
                                        const model::NamingConvention& naming = {},
                                        std::size_t max_name_length = 63);

}  // namespace cupel::script
