// SPDX-License-Identifier: MIT
// Code that render_cpp() has written was compiled; here it runs and must do what it was made of.
#include <gtest/gtest.h>

#include "cupel/ops/services.hpp"
#include "cupel/script/render.hpp"
#include "rendered/code.hpp"
#include "rendered/recorder.hpp"
#include "rendered/samples.hpp"

namespace cupel::rendered {
namespace {

TEST(RenderedCode, DoesWhatItWasMadeOf) {
  const std::vector<Group> all = groups();
  ASSERT_EQ(migrations::kRendered.size(), all.size());
  for (std::size_t g = 0; g < all.size(); ++g) {
    ASSERT_EQ(migrations::kRendered[g].size(), all[g].operations.size());
    for (std::size_t i = 0; i < all[g].operations.size(); ++i) {
      const ops::Operation& wanted = all[g].operations[i];
      const std::vector<ops::Operation> made = recorded(migrations::kRendered[g][i], all[g].naming);
      ASSERT_EQ(made.size(), 1U) << ops::describe(wanted);
      EXPECT_TRUE(comparable(made[0]) == comparable(wanted))
          << ops::describe(wanted) << "\n"
          << script::render_cpp({{"", {wanted}}}, all[g].naming);
    }
  }
}

TEST(RenderedModels, DeclareTheSchemaThatTheyWereMadeOf) {
  const std::vector<model::Schema> all = schemas();
  ASSERT_EQ(kRenderedModels.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    model::Schema declared;
    kRenderedModels[i](declared);
    EXPECT_EQ(to_string(normalized(declared)), to_string(normalized(all[i])));
    EXPECT_TRUE(normalized(declared) == normalized(all[i])) << script::render_cpp_models(all[i]);
  }
}

}  // namespace
}  // namespace cupel::rendered
