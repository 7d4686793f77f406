// SPDX-License-Identifier: MIT
// Scripts to a schema: they run on a scratch database, which is then inspected.
#pragma once

#include <vector>

#include "cupel/source/target.hpp"
#include "source/script.hpp"

namespace cupel::source {

/// Each script runs from top to bottom; one that misses what another makes goes on behind that
/// one, so that the order of the scripts does not matter. `models` are there for scripts that build
/// on them, and are no part of the result. Throws InputError with the place in the script for what
/// the database refuses.
Target execute_scripts(const std::vector<Script>& scripts, const Target& models,
                       const dialect::Dialect& dialect, dialect::Scratch& scratch,
                       const Settings& settings, const Log& log);

}  // namespace cupel::source
