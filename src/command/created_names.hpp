// SPDX-License-Identifier: MIT
// Which objects SQL text makes, drops and renames, by its words alone: enough to know what a
// project has made, not what it looks like.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/object.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::command {

/// What happens to one name.
struct NameChange {
  enum class Kind { Created, Dropped, Renamed, Moved };
  Kind kind = Kind::Created;
  /// Words without quotes are in lower case, as databases compare them. A function's arguments are
  /// left out: all overloads are one.
  model::ObjectKey object;
  std::string to;  ///< the new name, or the schema that it moves to
  bool operator==(const NameChange&) const = default;
};

/// Of all statements of `sql`, in their order; also of those inside anonymous blocks (DO $$ .. $$).
/// What cannot be read says nothing.
std::vector<NameChange> scan_names(std::string_view sql, const sql::LexRules& rules);

/// The objects that are there after some changes, and what made each. Names compare without regard
/// to case.
class CreatedNames {
 public:
  /// `default_schema` may be written or left out in names.
  explicit CreatedNames(const std::string& default_schema);
  void apply(const std::vector<NameChange>& changes, const std::string& origin);
  /// Null if it is not there.
  const std::string* origin_of(const model::ObjectKey& key) const;
  /// True if it was there at some time.
  bool was_made(const model::ObjectKey& key) const { return ever_.count(folded(key)) != 0; }
  /// Schemas in which something was made, or that were made themselves; lower case.
  std::vector<std::string> schemas() const;

 private:
  struct Dropped {
    std::string made_by;
    std::string dropped_by;
  };
  void apply(const NameChange& change, const std::string& origin);
  model::ObjectKey folded(const model::ObjectKey& key) const;
  std::string default_schema_;
  std::map<model::ObjectKey, std::string> origins_;
  std::map<model::ObjectKey, Dropped> dropped_;
  std::set<model::ObjectKey> ever_;
};

}  // namespace cupel::command
