// SPDX-License-Identifier: MIT
// How a traceback reads.
#pragma once

#include <string>
#include <vector>

#include "cupel/python/error.hpp"

namespace cupel::python {

/// The header and all frames, each with its source line; the same line over and over is counted, as
/// Python does.
std::string trace_text(const std::vector<TraceLine>& trace);

}  // namespace cupel::python
