// SPDX-License-Identifier: MIT
// See other_order.hpp.
#include "revision/other_order.hpp"

#include <algorithm>

namespace cupel::revision {

std::vector<Index> other_order(const revision::Graph& graph) {
  const auto later = [&](Index a, Index b) { return graph.rank(a) < graph.rank(b); };
  std::vector<std::size_t> waits(graph.size());
  std::vector<Index> ready;
  for (const Index index : graph.order()) {
    waits[static_cast<std::size_t>(index)] = graph.all_parents(index).size();
    if (graph.all_parents(index).empty()) ready.push_back(index);
  }
  std::make_heap(ready.begin(), ready.end(), later);
  std::vector<Index> order;
  while (!ready.empty()) {
    std::pop_heap(ready.begin(), ready.end(), later);
    const Index next = ready.back();
    ready.pop_back();
    order.push_back(next);
    for (const Index child : graph.all_children(next)) {
      if (--waits[static_cast<std::size_t>(child)] != 0) continue;
      ready.push_back(child);
      std::push_heap(ready.begin(), ready.end(), later);
    }
  }
  return order;
}

}  // namespace cupel::revision
