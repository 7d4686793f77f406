// SPDX-License-Identifier: MIT
// Which branches a revision lies on. See Graph::labels for the rule.
#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include "revision/graph_builder.hpp"

namespace cupel::revision {
namespace {

using LabelSet = std::vector<int>;  // sorted positions in Graph::labels_

// Keeps each distinct set once: a graph has few of them, however many revisions it has.
class Interner {
 public:
  Interner() { intern({}); }
  int intern(LabelSet set) {
    const auto [it, is_new] = ids_.try_emplace(std::move(set), static_cast<int>(sets_.size()));
    if (is_new) sets_.push_back(&it->first);
    return it->second;
  }
  int unite(int a, int b) {
    if (a == b || sets_[static_cast<std::size_t>(b)]->empty()) return a;
    LabelSet result;
    const LabelSet& left = *sets_[static_cast<std::size_t>(a)];
    const LabelSet& right = *sets_[static_cast<std::size_t>(b)];
    std::set_union(left.begin(), left.end(), right.begin(), right.end(),
                   std::back_inserter(result));
    return intern(std::move(result));
  }
  const std::vector<const LabelSet*>& sets() const { return sets_; }

 private:
  std::map<LabelSet, int> ids_;
  std::vector<const LabelSet*> sets_;
};

}  // namespace

// Revisions with one parent and one child at most form chains; a label inside one belongs to the
// whole chain, and whatever is inherited goes to every descendant. A branchpoint or a merge keeps
// its own labels from its ancestors.
void GraphBuilder::spread_labels() {
  const std::size_t count = graph_.size();
  graph_.label_set_.assign(count, 0);
  graph_.label_sets_.assign(1, {});
  if (graph_.labels_.empty()) return;

  const auto is_plain = [&](Index i) {
    return graph_.all_children(i).size() <= 1 && !graph_.is_mergepoint(i);
  };
  std::vector<Index> chain(count);  // the first revision of the chain, itself outside of one
  std::iota(chain.begin(), chain.end(), 0);
  for (const Index i : graph_.order_) {
    const auto parents = graph_.parents(i);
    if (!is_plain(i) || parents.size() != 1 || !is_plain(parents[0])) continue;
    chain[static_cast<std::size_t>(i)] = chain[static_cast<std::size_t>(parents[0])];
  }
  std::map<Index, LabelSet> declared;  // by chain
  for (std::size_t label = 0; label < graph_.labels_.size(); ++label) {
    const auto owner = static_cast<std::size_t>(graph_.labels_[label].second);
    declared[chain[owner]].push_back(static_cast<int>(label));
  }
  Interner interner;
  for (const Index i : graph_.order_) {
    int set = 0;
    for (const Index parent : graph_.parents(i)) {
      set = interner.unite(set, graph_.label_set_[static_cast<std::size_t>(parent)]);
    }
    const auto own = declared.find(i);
    if (own != declared.end()) set = interner.unite(set, interner.intern(own->second));
    graph_.label_set_[static_cast<std::size_t>(i)] = set;
  }
  graph_.label_sets_.clear();
  for (const LabelSet* set : interner.sets()) {
    std::vector<std::string>& names = graph_.label_sets_.emplace_back();
    for (const int label : *set)
      names.push_back(graph_.labels_[static_cast<std::size_t>(label)].first);
  }
}

}  // namespace cupel::revision
