// SPDX-License-Identifier: MIT
// What a script did wrong, as plain data: syntax errors, exceptions that nobody caught, limits that
// were reached.
#pragma once

#include <exception>
#include <string>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::python {

/// One frame of a traceback, outermost first.
struct TraceLine {
  FilePosition position;
  std::size_t end_column = 0;  ///< of the expression, on the same line; 0 if unknown
  std::string function;        ///< "<module>" at the top level of a file
  std::string source_line;
};

/// Thrown to C++ when a script cannot be read or does not catch its exception. It holds no Python
/// object, so it may outlive the interpreter. The position is the innermost one that is in a file;
/// message() reads as Python's last line, `NameError: name 'x' is not defined`.
class CUPEL_API ScriptError : public InputError {
 public:
  struct Details {
    std::string exception;         ///< the class's name, "NameError"; "LimitError" for a limit
    std::string text;              ///< str(exception)
    std::vector<TraceLine> trace;  ///< outermost first; empty for syntax errors
    std::exception_ptr native;     ///< the C++ error behind it, if it came from one
  };
  ScriptError(FilePosition position, Details details, std::string source_line = {},
              std::string hint = {});
  const Details& details() const { return details_; }
  /// The whole text as Python prints it, with source lines and carets, no final newline.
  std::string traceback() const;

 private:
  Details details_;
};

/// The source line, and a line with carets below `column`..`end_column` (from 1, in code points).
CUPEL_API std::string with_caret(const std::string& line, std::size_t column,
                                 std::size_t end_column);

}  // namespace cupel::python
