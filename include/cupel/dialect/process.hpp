// SPDX-License-Identifier: MIT
// Settings of client libraries that are for a whole process.
#pragma once

#include "cupel/base/export.hpp"

namespace cupel::dialect {

/// See command::own_process().
CUPEL_API void own_process();

}  // namespace cupel::dialect
