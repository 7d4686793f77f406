// SPDX-License-Identifier: MIT
// Reading Python without running it: the whole syntax tree, or only the constants at the top of a
// revision.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/python/ast.hpp"
#include "cupel/python/error.hpp"

namespace cupel::python {

/// Parses a file. Throws ScriptError (SyntaxError, IndentationError, TabError) with the place.
CUPEL_API std::unique_ptr<ast::Tree> parse(std::string text, std::string file);
/// Parses one expression, as `eval` takes it; the body is one Expression statement.
CUPEL_API std::unique_ptr<ast::Tree> parse_expression(std::string text, std::string file);

/// What a top-level assignment gives its name, as far as that can be told without running anything.
struct Assignment {
  enum class Kind {
    None,     ///< None
    Text,     ///< a string: items[0]
    List,     ///< a list, tuple or set of strings: items
    Dynamic,  ///< anything else: the file must be run to know
  };
  Kind kind = Kind::Dynamic;
  std::vector<std::string> items;
  std::size_t line = 0;  ///< from 1
  bool operator==(const Assignment&) const = default;
};

struct Assignments {
  std::optional<std::string> docstring;
  /// The last assignment of each name that was asked for and is there.
  std::map<std::string, Assignment, std::less<>> values;
};

/// Finds `names` among the assignments at the top level (also annotated, also chained), in one pass
/// over the tokens and without a syntax tree: microseconds for a usual revision. A file with broken
/// syntax gives what stands before the error. A name that is assigned in a block (`if`, `try`, ...)
/// is Dynamic; functions and classes are passed over.
CUPEL_API Assignments read_assignments(std::string_view text,
                                       std::span<const std::string_view> names);

}  // namespace cupel::python
