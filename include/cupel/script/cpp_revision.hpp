// SPDX-License-Identifier: MIT
// A revision in C++: a value with two functions over Operations. cupel::Revision is its short name.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/context/operations.hpp"

namespace cupel::script {

/// Fields in the order in which designated initialisers must name them; all but id may be left out.
struct CUPEL_API CppRevision {
  std::string id;
  std::vector<std::string> down_revision = {};  ///< empty for a base, several for a merge
  std::string message = {};
  std::function<void(context::Operations&)> upgrade = {};    ///< empty: changes nothing
  std::function<void(context::Operations&)> downgrade = {};  ///< empty: cannot be undone
  std::vector<std::string> branch_labels = {};
  std::vector<std::string> depends_on = {};
  std::string created = {};
  bool no_transaction = false;  ///< run every statement by itself
  /// Codes of the destructive steps that are meant, such as "DS001" for a dropped table; see
  /// docs/safety.md.
  std::vector<std::string> allows = {};
  std::string path = {};  ///< filled in by cupel_add_migrations(), for messages
  std::string checksum =
      {};  ///< of the source file, filled in likewise; empty: edits are not noticed
};

}  // namespace cupel::script

namespace cupel {
using Revision = script::CppRevision;
using context::Operations;
}  // namespace cupel
