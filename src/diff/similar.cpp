// SPDX-License-Identifier: MIT
// See similar.hpp.
#include "diff/similar.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"

namespace cupel::diff {
namespace {

/// Letters and digits only, in lower case.
std::string core(const std::string& name) {
  std::string result = text::to_lower(name);
  std::erase(result, '_');
  std::erase(result, '-');
  std::erase(result, ' ');
  return result;
}

}  // namespace

bool similar_names(const std::string& a, const std::string& b) {
  constexpr std::size_t kMeaningful = 3;  // "id" is a part of too many words
  constexpr std::size_t kLongEnough = 4;  // "a" is no slip of the pen for "b"
  const std::string x = core(a);
  const std::string y = core(b);
  if (x == y) return true;
  const std::string& shorter = x.size() < y.size() ? x : y;
  const std::string& longer = x.size() < y.size() ? y : x;
  if (shorter.size() >= kMeaningful && longer.find(shorter) != std::string::npos) return true;
  return shorter.size() >= kLongEnough && !text::nearest(x, std::array{y}).empty();
}

}  // namespace cupel::diff
