// SPDX-License-Identifier: MIT
// Uses one thing of cupel's from outside, to show that headers, library and dependencies are found.
#include <cstdio>

#include "cupel/base/error.hpp"

int main() {
  try {
    throw cupel::UsageError("no target given", "cupel upgrade head");
  } catch (const cupel::Error& error) {
    std::puts(error.to_string().c_str());
  }
}
