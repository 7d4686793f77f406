// SPDX-License-Identifier: MIT
// The target syntax and its resolution: any text gives a result, a UsageError or a RevisionError;
// never anything else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/text.hpp"
#include "cupel/revision/create.hpp"
#include "cupel/revision/plan.hpp"
#include "cupel/revision/resolve.hpp"

namespace {

using namespace cupel;
using namespace cupel::revision;

const Graph& sample() {
  static const Graph graph =
      Graph::build({{.id = "a1"},
                    {.id = "b2", .parents = {"a1"}, .branch_labels = {"left"}},
                    {.id = "c3", .parents = {"a1"}, .branch_labels = {"right"}},
                    {.id = "d4", .parents = {"b2", "c3"}},
                    {.id = "x1", .depends_on = {"c3"}},
                    {.id = "x2", .parents = {"x1"}}});
  return graph;
}

template <typename Action>
void attempt(Action action) {
  try {
    action();
  } catch (const UsageError& error) {
    if (!text::is_utf8(error.to_string())) std::abort();
  } catch (const RevisionError& error) {
    if (error.message().empty()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  attempt([&] {
    const Target target = parse_target(input);
    if (target.text != input) std::abort();
  });
  const std::vector<std::string> texts{std::string(input)};
  for (const std::vector<std::string>& rows :
       {std::vector<std::string>{}, std::vector<std::string>{"d4", "x1"},
        std::vector<std::string>{"b2", "c3"}}) {
    attempt([&] { resolve(sample(), input, rows); });
    attempt([&] { history(sample(), parse_range(input), rows); });
    attempt([&] { upgrade_plan(sample(), rows, input); });
    attempt([&] { downgrade_plan(sample(), rows, input); });
    attempt([&] { stamp_plan(sample(), rows, texts); });
  }
  attempt([&] { merge_parents(sample(), texts, true); });
  attempt([&] {
    check_new_revision(sample(),
                       {.id = "new", .heads = texts, .splice = true, .depends_on = texts});
  });
  return 0;
}
