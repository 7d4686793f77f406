// SPDX-License-Identifier: MIT
// What is generated from the command line's definition: shell completion and the manual page.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace cupel::cli {

/// Prints a script for the shell to stdout; the exit code. An unknown shell is a usage error.
int print_completion(const CLI::App& app, const std::string& shell);
/// Prints the manual page in troff; the exit code.
int print_manual(const CLI::App& app);

}  // namespace cupel::cli
