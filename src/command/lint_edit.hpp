// SPDX-License-Identifier: MIT
// Where in a revision's file a step stands, and what the file becomes with another one there.
#pragma once

#include <optional>
#include <set>
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

/// What is to be replaced, or why nothing is.
struct FoundEdit {
  std::optional<TextEdit> edit;
  std::string reason = {};
  std::vector<std::string> imports = {};  ///< lines that the file then needs and does not have
};
FoundEdit find_edit(Project& project, const std::string& path, const std::string& text,
                    const LintFinding& finding);
/// Puts imports behind those of a .py file, which has some.
TextEdit import_edit(const std::string& text, const std::string& path,
                     const std::set<std::string>& imports);
/// `edits` are in order and do not overlap.
std::string with_edits(const std::string& text, const std::vector<TextEdit>& edits);
/// In the unified form, one hunk for each edit, without lines around it.
std::string diff_of(const std::string& path, const std::string& text,
                    const std::vector<TextEdit>& edits);

}  // namespace cupel::command
