// SPDX-License-Identifier: MIT
#include "cupel/base/version.hpp"

namespace cupel {

std::string_view library_version() { return CUPEL_VERSION; }

}  // namespace cupel
