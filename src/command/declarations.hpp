// SPDX-License-Identifier: MIT
// Which source declared an object: written into the revision that makes it, and found there again
// when no source declares it any more.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/source/target.hpp"

namespace cupel::command {

/// Lines for a revision's reader: "declared in schema/users.sql: table 'users', table 'orders'".
/// Empty if no source is known.
std::string declaration_comment(const std::vector<model::ObjectKey>& objects,
                                const std::map<model::ObjectKey, std::string>& declared_in);
/// The source that the comments of a revision name for an object; empty if they do not.
std::string find_declaration(std::string_view revision_text, const model::ObjectKey& object);

/// Says why an object of this project may be gone from the models by mistake: the source that
/// declared it last, and the line of the configuration that might be missing. May be empty.
class Vanished {
 public:
  explicit Vanished(Project& project) : project_(&project) {}
  /// `made_by` is the revision that made the object.
  std::string explain(const model::ObjectKey& object, const std::string& made_by);

 private:
  std::string explain_file(const model::ObjectKey& object, const std::string& source) const;
  std::string find_file(const model::ObjectKey& object);
  bool declares(const std::string& path, const model::ObjectKey& object) const;
  bool is_configured(const std::string& path) const;
  Project* project_;
};

}  // namespace cupel::command
