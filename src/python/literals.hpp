// SPDX-License-Identifier: MIT
// What the literals of a program stand for: escapes in strings, digits of numbers.
#pragma once

#include <string>
#include <string_view>

#include "cupel/python/ast.hpp"

namespace cupel::python {

struct StringParts {
  bool raw = false, bytes = false, formatted = false;
  std::size_t body_start = 0, body_end = 0;  ///< between the quotes, in the token
};
/// Takes a string token apart.
StringParts string_parts(std::string_view token);

/// Appends a piece of a literal with its escapes replaced. `at` is its place in the file, for
/// errors (SyntaxProblem).
void unescape(std::string& out, std::string_view piece, const StringParts& parts, std::size_t at);

/// Fills a Constant (Int, BigInt or Float) from a number token.
void decode_number(ast::Constant& out, std::string_view token, ast::Arena& arena);

}  // namespace cupel::python
