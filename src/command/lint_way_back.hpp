// SPDX-License-Identifier: MIT
// What a downgrade does not bring back.
#pragma once

#include <string>

#include "lint/replayed_schema.hpp"

namespace cupel::diff {
class DiffRules;
}

namespace cupel::command {

/// "column 'a' of table 't' is missing, ..."; empty if nothing differs, or only a database can
/// tell.
std::string differences_between(lint::ChangedPart part, const diff::DiffRules& rules);

}  // namespace cupel::command
