// SPDX-License-Identifier: MIT
// The rows of a scratch database before and after a revision and its way back, and the file that
// puts them there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "command/replay.hpp"

namespace cupel::command {

/// Rows to try revisions on: statements, and the revisions at which they run.
class Seed {
 public:
  /// An empty path has no statements. Throws InputError for a file that cannot be read, or that
  /// names a revision that does not exist.
  Seed(Project& project, const std::string& path);
  bool empty() const { return parts_.empty(); }
  /// Runs what belongs to a revision ("" is before the first). Throws InputError with the place.
  void run(Replay& replay, const std::string& revision) const;

 private:
  struct Statement {
    std::string sql;
    FilePosition place;
  };
  std::map<std::string, std::vector<Statement>> parts_;  ///< by revision
};

/// All rows of all tables: for small databases.
class KeptRows {
 public:
  KeptRows(Replay& replay, const model::Schema& schema, const dialect::Dialect& dialect);
  /// What is not there any more: "table 'users': 1 of 2 rows is gone".
  std::vector<std::string> lost(const KeptRows& after) const;

 private:
  struct Table {
    std::map<std::string, std::vector<Value>> columns;  ///< each column's values, sorted
    std::size_t rows = 0;
  };
  std::map<model::ObjectName, Table> tables_;
};

}  // namespace cupel::command
