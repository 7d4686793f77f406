// SPDX-License-Identifier: MIT
// Which removed and added tables and columns are one under another name.
#pragma once

#include <vector>

#include "diff/side.hpp"

namespace cupel::diff {

struct RenameDecision {
  std::vector<Rename> renames;  ///< tables and columns, by their names in `from`
  std::vector<RenameQuestion> questions;
};

/// Those of tables: what the options say, then what is beyond doubt. Throws UsageError for one
/// whose table is not there.
RenameDecision decide_table_renames(const Side& from, const Side& to, const DiffRules& rules,
                                    const Options& options);
/// Those of columns, once the tables are known by what `to` calls them: `tables` are renames that
/// were decided.
RenameDecision decide_column_renames(const Side& from, const Side& to,
                                     const std::vector<Rename>& tables, const DiffRules& rules,
                                     const Options& options);

/// The operations that rename, in an order that runs: what must make room goes first, circles go by
/// way of a name of their own.
std::vector<ops::Operation> rename_operations(const std::vector<Rename>& tables,
                                              const std::vector<Rename>& columns);

/// The list with names exchanged one by one: a -> b, b -> c gives b -> c, a -> b.
using NamePair = std::pair<std::string, std::string>;
std::vector<NamePair> in_order(std::vector<NamePair> renames);

}  // namespace cupel::diff
