// SPDX-License-Identifier: MIT
// --rename and --no-rename as the comparison takes them.
#pragma once

#include <string>
#include <vector>

#include "cupel/diff/diff.hpp"

namespace cupel::command {

/// "users=people", "users.name=users.full_name" (or "=full_name"). `from` tells whether "a.b" is a
/// column or a table in a schema. Throws UsageError for anything else; `flag` is named in it.
diff::Rename parse_rename(const std::string& text, const std::string& flag,
                          const model::Schema& from);

/// The renames that the models ask for by renamed_from(), where the old name is still there and the
/// new one is not.
std::vector<diff::Rename> hinted_renames(const model::Schema& from, const model::Schema& to);

}  // namespace cupel::command
