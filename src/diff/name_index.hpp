// SPDX-License-Identifier: MIT
// Which of many objects a text speaks of, without asking for each. Texts say bare names: two
// objects of one name in different schemas are both taken as meant.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::diff {

class NameIndex {
 public:
  enum class Spoken { ByName, ByCall };  ///< tables and views, functions

  void add(const std::string& name, Spoken spoken, std::size_t id) {
    entries_[text::to_lower(name)].push_back({name, spoken, id});
  }
  bool empty() const { return entries_.empty(); }

  /// The ids, in ascending order.
  std::vector<std::size_t> mentioned(const ops::Mentions& mentions) const {
    std::vector<std::size_t> result;
    if (empty()) return result;
    for (const std::string& name : mentions.all_names()) {
      const auto found = entries_.find(name);
      if (found == entries_.end()) continue;
      for (const Entry& entry : found->second) {
        // INSERT INTO t (a) looks like a call.
        if (mentions.of_call(entry.name) ||
            (entry.spoken == Spoken::ByName && mentions.of(entry.name))) {
          result.push_back(entry.id);
        }
      }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

 private:
  struct Entry {
    std::string name;
    Spoken spoken;
    std::size_t id;
  };
  std::unordered_map<std::string, std::vector<Entry>> entries_;
};

}  // namespace cupel::diff
