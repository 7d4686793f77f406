// SPDX-License-Identifier: MIT
// See part_renames.hpp.
#include "diff/part_renames.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace cupel::diff {
namespace {

using model::ObjectName;

/// The old and the new name.
std::pair<ObjectName, ObjectName> names_of(const ops::Operation& operation) {
  const auto names = [](const auto& it) {
    const std::string& schema = it.table.schema;
    return std::pair(ObjectName(schema, it.name), ObjectName(schema, it.new_name));
  };
  const auto* index = std::get_if<ops::RenameIndex>(&operation);
  return index != nullptr ? names(*index) : names(std::get<ops::RenameConstraint>(operation));
}

/// One table's renames, the next one last.
struct Queue {
  std::vector<ops::Operation> renames;
  ObjectName wanted() const { return names_of(renames.back()).second; }
};

}  // namespace

std::vector<ops::Operation> renames_in_order(std::vector<std::vector<ops::Operation>> by_table) {
  std::vector<Queue> queues;
  std::size_t count = 0;
  std::map<ObjectName, std::size_t> holders;  // which table still gives this name away
  for (std::vector<ops::Operation>& it : by_table) {
    if (it.empty()) continue;
    count += it.size();
    for (const ops::Operation& rename : it) holders[names_of(rename).first] = queues.size();
    std::reverse(it.begin(), it.end());
    queues.push_back({std::move(it)});
  }
  std::vector<ops::Operation> result;
  result.reserve(count);
  std::size_t current = 0;
  std::size_t waited = 0;  // for how many tables in a row; a circle is left to the database
  while (result.size() < count) {
    Queue& queue = queues[current];
    if (queue.renames.empty()) {
      current = (current + 1) % queues.size();
      continue;
    }
    const auto holder = holders.find(queue.wanted());
    const bool must_wait = holder != holders.end() && holder->second != current;
    if (must_wait && waited <= queues.size()) {
      ++waited;
      current = holder->second;
      continue;
    }
    holders.erase(names_of(queue.renames.back()).first);
    result.push_back(std::move(queue.renames.back()));
    queue.renames.pop_back();
    waited = 0;
  }
  return result;
}

}  // namespace cupel::diff
