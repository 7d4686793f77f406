// SPDX-License-Identifier: MIT
// The insides of C++ string literals.
#pragma once

#include <string>
#include <string_view>

namespace cupel::script::cpp {

/// The text as it stands between the quotes of a literal, on one line. What no editor shows, and
/// bytes that are no UTF-8, become octal escapes, which unlike hexadecimal ones have an end.
std::string escaped(std::string_view text);

}  // namespace cupel::script::cpp
