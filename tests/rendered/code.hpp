// SPDX-License-Identifier: MIT
// What print_code has printed: the functions of all samples, group by group.
#pragma once

#include <vector>

#include "cupel/context/operations.hpp"

namespace migrations {

extern const std::vector<std::vector<void (*)(cupel::context::Operations&)>> kRendered;

}  // namespace migrations
