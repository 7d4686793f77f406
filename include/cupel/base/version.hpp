// SPDX-License-Identifier: MIT
// Which cupel this is; the number lives in the top CMakeLists.txt.
#pragma once

#include <string>
#include <string_view>

#include "cupel/base/export.hpp"

namespace cupel {

/// Of the library that is linked, such as "0.1.0".
CUPEL_API std::string_view library_version();

/// Tells this build from every other one, for what only it can read again: the version, and what
/// the file system says of the program or library that holds this code.
CUPEL_API std::string library_build();

}  // namespace cupel
