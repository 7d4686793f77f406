// SPDX-License-Identifier: MIT
// See file_order.hpp.
#include "revision/file_order.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cupel::revision {
namespace {

/// From the heads down, newest first.
class Walk {
 public:
  explicit Walk(const Graph& graph) : graph_(graph), is_left_(graph.size(), 1) {
    std::vector<Index> heads = graph.real_heads();
    std::sort(heads.begin(), heads.end(),
              [&](Index a, Index b) { return place_of(a) < place_of(b); });
    for (const Index head : heads) ends_.push_back(end_at(head));
  }

  /// Alembic lists one folder after the other, in each the files before the folders in it.
  std::pair<int, std::string_view> place_of(Index index) const {
    return {graph_.at(index).file_number, graph_.at(index).path};
  }

  std::vector<Index> take() {
    std::size_t current = 0;
    while (!ends_.empty()) {
      const std::size_t needing = who_needs(current);
      if (needing != current) {
        current = needing;
        continue;
      }
      if (!step(current)) {
        ends_.erase(ends_.begin() + static_cast<std::ptrdiff_t>(current));
        current = current == 0 ? 0 : current - 1;
      }
    }
    std::reverse(newest_first_.begin(), newest_first_.end());
    return std::move(newest_first_);
  }

 private:
  /// Where the walk down one branch has come, and what is below.
  struct End {
    Index at;
    std::vector<char> below;  ///< with itself
  };
  End end_at(Index index) const { return {index, graph_.mark_ancestors({&index, 1})}; }

  /// The end that must go on first, since this one is below it; or this one.
  std::size_t who_needs(std::size_t current) const {
    const auto at = static_cast<std::size_t>(ends_[current].at);
    for (std::size_t i = 0; i < ends_.size(); ++i)
      if (i != current && ends_[i].below[at] != 0) return i;
    return current;
  }

  bool is_new(Index index) const {
    return is_left_[static_cast<std::size_t>(index)] != 0 &&
           std::none_of(ends_.begin(), ends_.end(),
                        [index](const End& end) { return end.at == index; });
  }

  /// Takes the revision at this end and goes to its parents; false if there is nothing below.
  bool step(std::size_t current) {
    const Index at = ends_[current].at;
    if (is_left_[static_cast<std::size_t>(at)] != 0) newest_first_.push_back(at);
    is_left_[static_cast<std::size_t>(at)] = 0;
    const std::vector<Index> dependencies = graph_.normalised_dependencies(at);
    std::vector<Index> next;
    const auto add = [&](Index parent) {
      if (is_new(parent) && std::find(next.begin(), next.end(), parent) == next.end())
        next.push_back(parent);
    };
    for (const Index parent : graph_.parents(at)) add(parent);
    for (const Index dependency : dependencies) add(dependency);
    if (next.empty()) return false;
    if (dependencies.empty() && graph_.parents(at).size() == 1) {
      ends_[current].at = next.front();
      ends_[current].below[static_cast<std::size_t>(at)] = 0;
      return true;
    }
    ends_[current] = end_at(next.front());
    for (std::size_t i = 1; i < next.size(); ++i) ends_.push_back(end_at(next[i]));
    return true;
  }

  const Graph& graph_;
  std::vector<char> is_left_;
  std::vector<End> ends_;
  std::vector<Index> newest_first_;
};

}  // namespace

bool follows_files(const Graph& graph) {
  for (Index i = 0; i < static_cast<Index>(graph.size()); ++i)
    if (!graph.at(i).path.ends_with(".py")) return false;
  return !graph.empty();
}

std::vector<Index> order_by_files(const Graph& graph) { return Walk(graph).take(); }

}  // namespace cupel::revision
