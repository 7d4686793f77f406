// SPDX-License-Identifier: MIT
// A schema as JSON text and back: what `cupel inspect --json` prints and what is kept of schemas
// that were expensive to read.
#pragma once

#include <string>
#include <string_view>

#include "cupel/model/schema.hpp"

namespace cupel::model {

/// Keys are the fields' names; fields at their defaults are left out. `indent` as in nlohmann-json:
/// -1 for one line. from_json(to_json(s)) == s for every schema.
CUPEL_API std::string to_json(const Schema& schema, int indent = 2);
/// Throws InputError (path `where`) for text that to_json() did not write: bad JSON, an unknown key
/// or kind, a wrong type.
CUPEL_API Schema from_json(std::string_view json, const std::string& where = "schema");

}  // namespace cupel::model
