// SPDX-License-Identifier: MIT
// toml++ as the command line uses it.
#pragma once

// The parser asserts what its own error handling then reports: `[=` would end a debug build.
#define TOML_ASSERT(expression) static_cast<void>(0)

#include <toml++/toml.h>
