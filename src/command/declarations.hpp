// SPDX-License-Identifier: MIT
// Which source declared an object: written into the revision that makes it, and found there again
// when no source declares it any more.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/created_names.hpp"
#include "cupel/command/project.hpp"
#include "cupel/source/target.hpp"

namespace cupel::command {

/// Lines for a revision's reader: "declared in schema/users.sql: table 'users', table 'orders'".
/// Empty if no source is known.
std::string declaration_comment(const std::vector<model::ObjectKey>& objects,
                                const std::map<model::ObjectKey, std::string>& declared_in);
/// What the comments of a revision say of that: the source by the object's name.
std::map<std::string, std::string> find_declarations(std::string_view revision_text);

/// Says why an object of this project may be gone from the models by mistake: the source that
/// declared it last, and the line of the configuration that might be missing. May be empty. Reads
/// each file once.
class Vanished {
 public:
  explicit Vanished(Project& project) : project_(&project) {}
  /// `made_by` is the revision that made the object.
  std::string explain(const model::ObjectKey& object, const std::string& made_by);

 private:
  std::string last_source(const model::ObjectKey& object, const std::string& made_by);
  std::string explain_file(const model::ObjectKey& object, const std::string& source);
  /// A .sql file near the configuration that makes the object and is no source.
  std::string find_file(const model::ObjectKey& object);
  const std::vector<std::string>& other_files();
  bool declares(const std::string& path, const model::ObjectKey& object);
  bool is_configured(const std::string& path) const;
  Project* project_;
  std::map<std::string, std::map<std::string, std::string>> by_revision_;
  std::map<std::string, CreatedNames> by_file_;
  std::optional<std::vector<std::string>> other_files_;
};

}  // namespace cupel::command
