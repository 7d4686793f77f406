// SPDX-License-Identifier: MIT
// A scratch database costs nothing here: it is in memory.
#pragma once

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::sqlite {

/// A `dev` database is not needed and not looked at.
std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request);

}  // namespace cupel::dialect::sqlite
