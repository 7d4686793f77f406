// SPDX-License-Identifier: MIT
// What this project has made: the objects that its revisions leave behind. Nothing else is ever
// dropped (docs/architecture.md, decision 4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "command/created_names.hpp"
#include "cupel/command/project.hpp"

namespace cupel::command {

/// Reads the revisions when first asked, since most runs have nothing to drop. Borrows `project`.
class Ownership {
 public:
  Ownership(Project& project, std::string default_schema)
      : project_(&project), default_schema_(std::move(default_schema)) {}
  bool owns(const model::ObjectKey& key);
  /// True if some revision makes it, even if a later one drops it again.
  bool ever_made(const model::ObjectKey& key);
  /// The revision that made the object.
  std::string made_by(const model::ObjectKey& key);
  std::vector<std::string> schemas();

 private:
  const CreatedNames& names();
  Project* project_;
  std::string default_schema_;
  std::optional<CreatedNames> names_;
};

}  // namespace cupel::command
