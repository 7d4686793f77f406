// SPDX-License-Identifier: MIT
// Finds the calls of `op` in the tokens of a C++ revision.
#pragma once

#include <vector>

#include "script/cpp_places.hpp"

namespace cupel::script {

/// All of the file, in their order.
std::vector<CppCall> read_cpp_calls(const std::vector<CppToken>& tokens);

}  // namespace cupel::script
