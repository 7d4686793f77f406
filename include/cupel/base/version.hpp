// SPDX-License-Identifier: MIT
// Which cupel this is; the number lives in the top CMakeLists.txt.
#pragma once

#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel {

/// Of the library that is linked, such as "0.1.0".
CUPEL_API std::string_view library_version();

}  // namespace cupel
