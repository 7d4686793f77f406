// SPDX-License-Identifier: MIT
// See lint_way_back.hpp.
#include "command/lint_way_back.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cupel/diff/diff.hpp"

namespace cupel::command {
namespace {

constexpr std::size_t kShownDifferences = 3;

/// What is in one list and not, just so, in the other.
template <typename Items>
void drop_equal(Items& a, Items& b) {
  Items left;
  for (auto& item : a) {
    const auto same = std::find(b.begin(), b.end(), item);
    if (same == b.end()) {
      left.push_back(std::move(item));
    } else {
      b.erase(same);
    }
  }
  a = std::move(left);
}

std::string describe(const diff::Finding& difference) {
  const std::string object = to_string(difference.object);
  const std::string what = difference.part.empty() ? object : difference.part + " of " + object;
  if (difference.kind == diff::Finding::Kind::Added) return what + " is left over";
  if (difference.kind == diff::Finding::Kind::Removed) return what + " is missing";
  return what + " differs";
}

}  // namespace

std::string differences_between(lint::ChangedPart part, const diff::DiffRules& rules) {
  auto& [before, after] = part;
  if (before == after) return {};
  drop_equal(before.tables, after.tables);
  drop_equal(before.views, after.views);
  drop_equal(before.enums, after.enums);
  drop_equal(before.functions, after.functions);
  drop_equal(before.triggers, after.triggers);
  diff::Options options;
  options.guess_renames = false;
  options.from_is_inspected = false;
  std::vector<diff::Finding> found;
  try {
    found = diff::compare(before, after, rules, options).findings;
  } catch (const Error&) {
    return {};
  }
  std::string text;
  for (std::size_t i = 0; i < found.size() && i < kShownDifferences; ++i)
    text += (i == 0 ? "" : ", ") + describe(found[i]);
  if (found.size() > kShownDifferences)
    text += fmt::format(", and {} more", found.size() - kShownDifferences);
  return text;
}

}  // namespace cupel::command
