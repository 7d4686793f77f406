// SPDX-License-Identifier: MIT
// What the methods of str share, and those that take texts apart.
#pragma once

#include "python/setup.hpp"

namespace cupel::python {

/// The str that the method is called on.
const Str& self_of(Call& call);
/// An argument whose message does not name the function.
std::string_view needle_at(Call& call, std::size_t i, const char* expected = "str");
std::string_view strip_space(std::string_view text, bool left, bool right);

// type_str_split.cpp
Value split_text(Call& call);
Value rsplit_text(Call& call);
Value split_lines(Call& call);
Value partition_text(Call& call, bool last);

}  // namespace cupel::python
