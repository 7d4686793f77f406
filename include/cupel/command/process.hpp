// SPDX-License-Identifier: MIT
// What may be set for a whole process.
#pragma once

#include "cupel/base/export.hpp"

namespace cupel::command {

/// For a program in which nobody but cupel uses the databases' client libraries, before anything
/// else: these need not keep accounts of their memory, which costs a tenth of the time of DDL.
CUPEL_API void own_process();

}  // namespace cupel::command
