// SPDX-License-Identifier: MIT
// Which tables and materialized views are new in what is linted: nobody uses them yet, so nothing
// that is done to them is a danger. A table that was made beside an old one, filled and put in its
// place is the old one.
#pragma once

#include <set>

#include "cupel/lint/effect.hpp"

namespace cupel::lint {

class NewTables {
 public:
  /// Of a step that was made. `was_there`: CREATE TABLE found its table made already.
  void see(const ops::Operation& operation, bool was_there);
  void see(const ChangeRows& change);
  const std::set<ObjectName>& names() const { return names_; }

 private:
  void forget(const ObjectName& table);
  /// `now` holds the rows of whoever was called so, if it holds any.
  void settle(const ObjectName& now);

  std::set<ObjectName> names_;
  std::set<ObjectName> filled_;  ///< those of them that were given rows
  std::set<ObjectName> gone_;    ///< what old tables were called that are dropped or renamed
};

}  // namespace cupel::lint
