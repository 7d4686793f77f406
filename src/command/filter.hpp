// SPDX-License-Identifier: MIT
// What autogenerate looks at at all: not cupel's own tables, not what the configuration excludes.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::command {

class Filter {
 public:
  /// `default_schema` may stand in patterns: "public.legacy_*". Borrows `project`. Throws
  /// UsageError for an unknown preset.
  Filter(const Project& project, std::string default_schema);
  /// Of either side; `part` as in diff::Finding.
  bool includes(const model::ObjectKey& key, const std::string& part = {}) const;
  /// True for what is neither declared nor made by this project and belongs to a preset that the
  /// configuration excludes: not worth a word.
  bool is_foreign(const model::ObjectKey& key) const;
  /// One of cupel's own tables.
  bool is_own(const model::ObjectKey& key) const;

 private:
  bool is_excluded(const model::ObjectName& name) const;
  const Project* project_;
  std::string default_schema_;
};

/// Of a key: a trigger's is its table's name.
model::ObjectName table_name_of(const model::ObjectKey& key);

}  // namespace cupel::command
