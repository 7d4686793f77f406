// SPDX-License-Identifier: MIT
// A scratch database is a real one, made beside the project's and dropped afterwards.
#pragma once

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::postgres {

std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request);

}  // namespace cupel::dialect::postgres
