// SPDX-License-Identifier: MIT
// cupel's whole command line as a function, for programs that carry their own revisions.
#pragma once

#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::cli {

/// Parses argv, runs one command, prints, and returns the exit code: 0 done, 1 failed, 2 usage, 3 a
/// check found something, 130 interrupted. `revisions` are those that are linked into the program,
/// `registries` its models: {{"models", declare}} with `void declare(cupel::model::Schema&)`.
/// `filters` say what autogenerate looks at.
int run(int argc, char** argv, const std::vector<Revision>& revisions = {},
        const std::vector<source::Registry>& registries = {}, const command::Filters& filters = {});

}  // namespace cupel::cli
