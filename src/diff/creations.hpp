// SPDX-License-Identifier: MIT
// Views, functions and domains to be made, in the order in which they need each other.
#pragma once

#include "diff/name_index.hpp"
#include "diff/plan.hpp"

namespace cupel::diff {

struct Creation {
  ops::Operation operation;
  ops::Mentions mentions;
  std::string name;
  NameIndex::Spoken spoken = NameIndex::Spoken::ByName;
};
Creation creation_of(ops::CreateView create);
Creation creation_of(ops::CreateFunction create);
Creation creation_of(ops::CreateDomain create);

Operations sorted(std::vector<Creation> creations);

/// Everything that tables and domains say about functions before views exist.
class EarlyTexts {
 public:
  explicit EarlyTexts(const Changes& changes);
  bool call(const std::string& function) const { return mentions_.of_call(function); }

 private:
  ops::Mentions mentions_;
};

}  // namespace cupel::diff
