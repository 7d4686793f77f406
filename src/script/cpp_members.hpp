// SPDX-License-Identifier: MIT
// Columns as members of structs: the reverse of cupel/mapping/types.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cupel/model/schema.hpp"
#include "script/cpp_names.hpp"

namespace cupel::script::cpp {

/// How a member is declared, and the column type that its own type has.
struct Member {
  std::string type;         ///< std::int64_t
  std::string initializer;  ///< " = 0"; may be empty
  model::Type column_type;
};

/// Knows the enums of all tables, each of which becomes an enum class.
class Members {
 public:
  explicit Members(Identifiers& types) : types_(&types) {}
  /// Of a column that is never NULL.
  Member of(const model::Type& type);
  /// Definitions of the enums that were asked for, with their enum_names().
  std::string enums() const { return enums_; }

 private:
  Member of_enum(const model::Type& type);
  Member of_array(const model::Type& type);
  Identifiers* types_;
  std::map<std::vector<std::string>, std::string> known_;  ///< by name and values
  std::string enums_;
};

}  // namespace cupel::script::cpp
