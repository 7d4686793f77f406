// SPDX-License-Identifier: MIT
// The same runs as SQL text: exactly the statements that a live run would execute.
#pragma once

#include <string>
#include <vector>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

/// `environment.connection` is not used. `range` is a target ("head": from base) or "from:to";
/// downgrade needs "from:to". Statements end with ';' and a blank line; each revision begins with a
/// comment `-- Running upgrade a -> b`.
CUPEL_API std::string upgrade_text(const Environment& environment, const std::string& range);
CUPEL_API std::string downgrade_text(const Environment& environment, const std::string& range);
CUPEL_API std::string stamp_text(const Environment& environment,
                                 const std::vector<std::string>& targets);
CUPEL_API std::string ensure_version_text(const Environment& environment);

}  // namespace cupel::migrate
