// SPDX-License-Identifier: MIT
// Walking over all rows of a table, a batch at a time, so that a walk that was broken off goes on
// where it was.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::dialect {

/// The order in which a table is walked over: by columns that are never NULL, whose order is cheap.
/// All texts are SQL.
struct Walk {
  std::vector<std::string> key;       ///< the columns, quoted
  std::vector<std::string> literals;  ///< for each, an expression that writes it as a literal
  std::vector<std::string> fixed;     ///< columns that must stay as they are, as an UPDATE may
                                      ///< name them: lower case, or exactly
  /// A query: a place in the walk means nothing any more when it gives something else than before.
  /// Empty: it always means the same.
  std::string validity = {};
  std::string estimate = {};  ///< a query for the number of rows, roughly; may be empty
};

/// How far replicas are behind what this session has committed.
class CUPEL_API ReplicaWatch {
 public:
  virtual ~ReplicaWatch();
  /// Zero if there are none. To be asked again and again, outside of transactions.
  virtual std::chrono::milliseconds lag() = 0;
};

}  // namespace cupel::dialect
