// SPDX-License-Identifier: MIT
// What a revision in C++ includes: short names for everything that people write in one. See
// docs/cpp.md. For an application that upgrades its database there is cupel/embed.hpp.
#pragma once

#include "cupel/context/operations.hpp"
#include "cupel/names.hpp"
#include "cupel/script/cpp_revision.hpp"

namespace cupel {

// What runs (Operations and Revision come from script/cpp_revision.hpp).
using context::BatchOperations;
using driver::Row;
using driver::Rows;
using inspect::Inspector;
using ops::Recreate;

/// SQL's NULL among other values: {1, "a", null}.
inline constexpr std::monostate null{};

}  // namespace cupel
