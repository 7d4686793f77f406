// SPDX-License-Identifier: MIT
// See process.hpp.
#include "cupel/command/process.hpp"

#include "cupel/dialect/process.hpp"

namespace cupel::command {

void own_process() { dialect::own_process(); }

}  // namespace cupel::command
