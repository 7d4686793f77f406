// SPDX-License-Identifier: MIT
// The catalogue of the rules that hold for every database, joined of its parts. See rule.hpp.
#include "lint/rules.hpp"

#include <algorithm>
#include <vector>

namespace cupel::lint {
namespace {

std::vector<Rule> joined() {
  std::vector<Rule> rules;
  for (const std::span<const Rule> part :
       {data_rules(), compat_rules(), design_rules(), change_rules()})
    rules.insert(rules.end(), part.begin(), part.end());
  std::sort(rules.begin(), rules.end(),
            [](const Rule& a, const Rule& b) { return a.code < b.code; });
  return rules;
}

}  // namespace

std::span<const Rule> common_rules() {
  static const std::vector<Rule> kRules = joined();
  return kRules;
}

const Rule* find_common_rule(std::string_view code) {
  const std::span<const Rule> rules = common_rules();
  const auto found = std::lower_bound(
      rules.begin(), rules.end(), code,
      [](const Rule& rule, std::string_view wanted) { return rule.code < wanted; });
  return found != rules.end() && found->code == code ? &*found : nullptr;
}

}  // namespace cupel::lint
