// SPDX-License-Identifier: MIT
// The comparison methods of a native class, all from one function.
#pragma once

#include <optional>

#include "python/setup.hpp"

namespace cupel::python {

/// How call[0] stands to call[1]: below, at or above zero; nullopt if neither knows how to compare
/// them. `is_equality`: == asks, for which what cannot be ordered is only unequal.
using OrderOf = std::optional<int> (*)(Call& call, bool is_equality);

/// Gives the class __eq__, __lt__, __le__, __gt__ and __ge__.
void add_comparisons(Interpreter& in, Class& cls, OrderOf order_of);

/// -1, 0 or 1.
template <class T>
int order_of_values(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace cupel::python
