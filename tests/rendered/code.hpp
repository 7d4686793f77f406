// SPDX-License-Identifier: MIT
// What print_code has printed: the functions of all samples, group by group, and
// the models of all schemas.
#pragma once

#include <vector>

#include "cupel/context/operations.hpp"

namespace migrations {

extern const std::vector<std::vector<void (*)(cupel::context::Operations&)>> kRendered;

}  // namespace migrations

/// The declare() of every sample schema.
extern const std::vector<void (*)(cupel::model::Schema&)> kRenderedModels;
