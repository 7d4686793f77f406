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

/// Reads the revisions when first asked, since most runs have nothing to drop. What revisions make
/// that the database has not seen does not count, nor does what they drop; of a database without
/// version rows, or with unknown ones, all revisions count. Borrows `project`.
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
  struct Names {
    CreatedNames by_all;
    CreatedNames by_applied;
  };
  const Names& names();
  /// One flag per revision.
  std::vector<char> applied() const;
  Project* project_;
  std::string default_schema_;
  std::optional<Names> names_;
};

}  // namespace cupel::command
