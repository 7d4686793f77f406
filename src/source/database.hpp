// SPDX-License-Identifier: MIT
// Another live database as the target.
#pragma once

#include "cupel/source/target.hpp"

namespace cupel::source {

/// Everything in the database of `settings.from_url` but the tool's own tables. Throws UsageError
/// if it is of another kind than the project's.
Target read_database(const Settings& settings, const dialect::Dialect& dialect, const Log& log);

}  // namespace cupel::source
