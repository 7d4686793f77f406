// SPDX-License-Identifier: MIT
// See error.hpp.
#include "cupel/python/error.hpp"

#include "python/trace.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

std::string last_line(const ScriptError::Details& details) {
  return details.text.empty() ? details.exception : details.exception + ": " + details.text;
}

std::string without_indent(const std::string& line, std::size_t& removed) {
  const std::size_t first = line.find_first_not_of(" \t\f");
  removed = first == std::string::npos ? 0 : first;
  return line.substr(removed);
}

}  // namespace

ScriptError::ScriptError(FilePosition position, Details details, std::string source_line,
                         std::string hint)
    : InputError(position, last_line(details), std::move(hint), std::move(source_line)),
      details_(std::move(details)) {}

std::string with_caret(const std::string& line, std::size_t column, std::size_t end_column) {
  std::size_t removed = 0;
  const std::string shown = without_indent(line, removed);
  std::string text = "    " + shown;
  if (column == 0 || column <= removed) return text;
  const std::size_t width = unicode::length(shown);
  const std::size_t start = column - removed - 1;
  std::size_t stop = end_column > removed ? end_column - removed - 1 : 0;
  if (stop > width || stop <= start) stop = stop > width ? width : start + 1;
  // As Python does: a whole line needs no carets.
  if (start == 0 && stop >= width) return text;
  return text + "\n    " + std::string(start, ' ') +
         std::string(stop > start ? stop - start : 1, '^');
}

std::string trace_text(const std::vector<TraceLine>& trace) {
  constexpr std::size_t kShown = 3;  // of the same line in a row, as Python
  std::string text = "Traceback (most recent call last):\n";
  std::size_t same = 0;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const TraceLine& frame = trace[i];
    const bool again = i > 0 && trace[i - 1].position.line == frame.position.line &&
                       trace[i - 1].position.file == frame.position.file &&
                       trace[i - 1].function == frame.function;
    same = again ? same + 1 : 0;
    if (same < kShown) {
      text += "  File \"" + frame.position.file + "\", line " +
              std::to_string(frame.position.line) + ", in " + frame.function + "\n";
      if (!frame.source_line.empty())
        text += with_caret(frame.source_line, frame.position.column, frame.end_column) + "\n";
      continue;
    }
    const bool last = i + 1 == trace.size() || trace[i + 1].position.line != frame.position.line ||
                      trace[i + 1].position.file != frame.position.file ||
                      trace[i + 1].function != frame.function;
    const std::size_t more = same - kShown + 1;
    if (last) {
      text += "  [Previous line repeated " + std::to_string(more) + " more time" +
              (more == 1 ? "" : "s") + "]\n";
    }
  }
  return text;
}

std::string ScriptError::traceback() const {
  std::string text;
  const auto file_line = [&](const FilePosition& at) {
    text += "  File \"" + at.file + "\", line " + std::to_string(at.line);
  };
  if (details_.trace.empty()) {
    if (position().line > 0) {
      file_line(position());
      text += "\n" + with_caret(source_line(), position().column, position().column + 1) + "\n";
    }
    return text + last_line(details_);
  }
  return trace_text(details_.trace) + last_line(details_);
}

}  // namespace cupel::python
