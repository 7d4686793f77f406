// SPDX-License-Identifier: MIT
// Whether two names look like one that was changed.
#pragma once

#include <string>

namespace cupel::diff {

/// "phone" and "phone_number", "userName" and "user_name", "colour" and "color".
bool similar_names(const std::string& a, const std::string& b);

}  // namespace cupel::diff
