// SPDX-License-Identifier: MIT
// Which scripts of a project cannot run and why, told without a database.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/command/project.hpp"

namespace cupel::command {

/// One reason why one revision cannot run.
struct CUPEL_API ScriptTrouble {
  std::string revision;  ///< empty for a file that is none
  FilePosition place;
  std::string message;
  std::string hint;  ///< may be empty
  /// file:line:column, as far as known
  std::string where() const;
};

struct CUPEL_API ScriptsReport {
  std::size_t scripts = 0;  ///< that were looked at
  std::size_t broken = 0;   ///< that have a trouble
  std::vector<ScriptTrouble> troubles;
};

/// Of one .py revision.
CUPEL_API std::vector<ScriptTrouble> check_script(Project& project,
                                                  const revision::Revision& revision);
/// Reads every .py revision: its syntax and top level, the modules that it imports and the names
/// that it uses of them, names that nothing defines, and calls of `op` with arguments that it does
/// not take. What a value turns out to be is known only when it runs.
CUPEL_API ScriptsReport check_scripts(Project& project);

}  // namespace cupel::command
