// SPDX-License-Identifier: MIT
// The rules that hold for every database. See judge.hpp.
#include "cupel/lint/judge.hpp"

namespace cupel::lint {
namespace {

class CommonJudge final : public RevisionJudge {
 public:
  void see(const Step&, const State&, const Report&) override {}
};

}  // namespace

std::span<const Rule> common_rules() { return {}; }

std::unique_ptr<RevisionJudge> make_common_judge(const CommonFacts&) {
  return std::make_unique<CommonJudge>();
}

}  // namespace cupel::lint
