// SPDX-License-Identifier: MIT
// Values as JSON.
#pragma once

#include "python/state.hpp"

namespace cupel::python {

/// The text of the first argument; the others are those of json.dumps, in this order: skipkeys,
/// ensure_ascii, allow_nan, indent, separators, default, sort_keys.
Value write_json(Call& call);

}  // namespace cupel::python
