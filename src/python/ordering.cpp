// SPDX-License-Identifier: MIT
// See ordering.hpp.
#include "python/ordering.hpp"

namespace cupel::python {

void add_comparisons(Interpreter& in, Class& cls, OrderOf order_of) {
  const auto add = [&](const char* signature, bool is_equality, bool (*decide)(int)) {
    in.add_method(cls, signature, [order_of, is_equality, decide](Call& call) -> Value {
      const std::optional<int> order = order_of(call, is_equality);
      return order ? Value(decide(*order)) : Value::not_implemented();
    });
  };
  add("__eq__(self, other)", true, [](int order) { return order == 0; });
  add("__lt__(self, other)", false, [](int order) { return order < 0; });
  add("__le__(self, other)", false, [](int order) { return order <= 0; });
  add("__gt__(self, other)", false, [](int order) { return order > 0; });
  add("__ge__(self, other)", false, [](int order) { return order >= 0; });
}

}  // namespace cupel::python
