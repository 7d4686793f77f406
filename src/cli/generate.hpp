// SPDX-License-Identifier: MIT
// What is generated from the command line's definition: shell completion, the manual page,
// suggestions for typos.
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
/// "did you mean ..." for the first word that is neither a command nor a flag; empty if nothing is
/// near.
std::string suggest(const CLI::App& app, int argc, char** argv);

}  // namespace cupel::cli
