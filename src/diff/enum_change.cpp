// SPDX-License-Identifier: MIT
// The values of an enum type: renamed, added, or made anew. See object_diff.hpp.
#include <algorithm>

#include "diff/object_diff.hpp"
#include "diff/similar.hpp"

namespace cupel::diff {
namespace {

using Values = std::vector<std::string>;

bool contains(const Values& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Values of either side between two that both have, or at an end.
struct Slot {
  Values removed;
  Values added;
};

/// Empty if the values that stay change places.
std::vector<Slot> slots_of(const Values& from, const Values& to) {
  std::vector<Slot> slots(1);
  std::size_t j = 0;
  for (const std::string& value : from) {
    if (!contains(to, value)) {
      slots.back().removed.push_back(value);
      continue;
    }
    for (; j < to.size() && to[j] != value; ++j) {
      if (contains(from, to[j])) return {};
      slots.back().added.push_back(to[j]);
    }
    ++j;
    slots.emplace_back();
  }
  for (; j < to.size(); ++j) slots.back().added.push_back(to[j]);
  return slots;
}

/// False if it is not clear what became of a value.
bool pair_renames(const Slot& slot, bool is_only_one, EnumChange& change) {
  if (slot.removed.empty()) return true;
  if (is_only_one) {
    change.renames.push_back({slot.removed[0], slot.added[0]});
    return true;
  }
  if (slot.removed.size() > slot.added.size()) return false;
  Values left = slot.added;
  for (const std::string& value : slot.removed) {
    const auto found = std::find_if(left.begin(), left.end(), [&](const std::string& other) {
      return similar_names(value, other);
    });
    if (found == left.end()) return false;
    change.renames.push_back({value, *found});
    left.erase(left.begin(), found + 1);
  }
  return true;
}

Values with_renames(Values values, const std::vector<EnumChange::Rename>& renames) {
  for (const EnumChange::Rename& it : renames) {
    std::replace(values.begin(), values.end(), it.from, it.to);
  }
  return values;
}

/// What leads from `now` to `to`, which holds all of `now` in its order.
void add_values(const Values& now, const Values& to, EnumChange& change) {
  std::size_t met = 0;  // how many of `now` stand before the place
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (met < now.size() && now[met] == to[i]) {
      ++met;
      continue;
    }
    EnumChange::Addition addition{.value = to[i], .before = {}, .after = {}};
    if (i == 0 && !now.empty()) {
      addition.before = now[0];
    } else if (met < now.size()) {
      addition.after = to[i - 1];
    }
    change.additions.push_back(std::move(addition));
  }
}

}  // namespace

EnumChange enum_change(const Values& from, const Values& to) {
  EnumChange change;
  const std::vector<Slot> slots = slots_of(from, to);
  std::size_t removed = 0;
  std::size_t added = 0;
  bool one_slot = false;
  for (const Slot& slot : slots) {
    removed += slot.removed.size();
    added += slot.added.size();
    one_slot = one_slot || (slot.removed.size() == 1 && slot.added.size() == 1);
  }
  const bool is_only_one = removed == 1 && added == 1 && one_slot;
  bool clear = !slots.empty();
  for (const Slot& slot : slots) clear = clear && pair_renames(slot, is_only_one, change);
  if (!clear) return {.renames = {}, .additions = {}, .rewrite = true};
  add_values(with_renames(from, change.renames), to, change);
  return change;
}

}  // namespace cupel::diff
