// SPDX-License-Identifier: MIT
// Adds the targets of several sources up into one.
#pragma once

#include <map>
#include <string>

#include "cupel/source/target.hpp"

namespace cupel::source {

class Sum {
 public:
  explicit Sum(const dialect::Dialect& dialect) : dialect_(dialect) {}
  /// Throws InputError, with both places, for an object that is there already and is different.
  void add(Target part);
  /// What has been added so far.
  const Target& so_far() const { return target_; }
  /// Throws InputError for a foreign key to a table that no source declares.
  Target finish();

 private:
  /// The same for all names that mean one object here.
  model::ObjectKey canonical(model::ObjectKey key) const;
  void take_schemas(const Target& part);
  template <typename T>
  void take(std::vector<T> model::Schema::*list, Target& part);
  /// False if it is there already.
  bool is_new(const model::ObjectKey& key, const Target& part);

  const dialect::Dialect& dialect_;
  Target target_;
  std::map<model::ObjectKey, model::ObjectKey> known_;  ///< by canonical()
};

/// Throws InputError, with all problems, for models that no database can hold.
void check_models(const model::Schema& schema, const std::string& source);

}  // namespace cupel::source
