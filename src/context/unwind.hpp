// SPDX-License-Identifier: MIT
// What a sink throws to end a migration that has done nothing wrong.
#pragma once

namespace cupel::context {

/// No error, and so no std::exception: whoever runs a migration lets it pass as it is.
struct Unwind {};

}  // namespace cupel::context
