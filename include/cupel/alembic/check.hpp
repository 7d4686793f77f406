// SPDX-License-Identifier: MIT
// Why a .py revision cannot run, as far as that can be told without running its functions and
// without a database.
#pragma once

#include <string>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::alembic {

struct CUPEL_API ScriptFinding {
  FilePosition place;   ///< with line and column where they are known
  std::string message;  ///< as the error that running it would give
  std::string hint;     ///< may be empty
  bool operator==(const ScriptFinding&) const = default;
};

}  // namespace cupel::alembic
