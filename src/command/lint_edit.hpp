// SPDX-License-Identifier: MIT
// Where in a revision's file a step stands, and what the file becomes with another one there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/command/lint.hpp"

namespace cupel::command {

/// Bytes of a file that are replaced.
struct TextEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  std::size_t line = 0;  ///< of the step
};

/// nullopt: where the step stands cannot be told for sure.
std::optional<TextEdit> find_edit(Project& project, const std::string& path,
                                  const std::string& text, const LintFinding& finding);
/// `edits` are in order and do not overlap.
std::string with_edits(const std::string& text, const std::vector<TextEdit>& edits);
/// In the unified form, one hunk for each edit, without lines around it.
std::string diff_of(const std::string& path, const std::string& text,
                    const std::vector<TextEdit>& edits);

}  // namespace cupel::command
