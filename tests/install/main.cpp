// SPDX-License-Identifier: MIT
// Uses one thing of cupel's from outside, to show that headers, library and dependencies are found.
#include <cstdio>

#include "cupel/base/error.hpp"
#include "cupel/base/version.hpp"

int main() {
  std::printf("%s\n", cupel::library_version().data());
  try {
    throw cupel::UsageError("no target given", "cupel upgrade head");
  } catch (const cupel::Error& error) {
    std::puts(error.to_string().c_str());
  }
}
