// SPDX-License-Identifier: MIT
// What is wrong with a command line, in our words.
#pragma once

#include <string>
#include <vector>

#include "cupel/base/error.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace cupel::cli {

/// Marks a word such as -1, which is a target and no flag, for the parser.
constexpr char kTargetMark = '\x01';

/// `error` is what the parser threw on `app`.
UsageError explain(const CLI::App& app, const CLI::ParseError& error);

/// As Alembic's parser takes them: `--auto` where one option of the program, or behind a command's
/// name one of the command, begins so. `words` are last first.
void expand_abbreviations(const CLI::App& app, std::vector<std::string>& words);

/// "-m", "--message", ... of a command, or of the program itself.
std::vector<std::string> flags_of(const CLI::App& app);
/// All commands.
std::vector<const CLI::App*> commands_of(const CLI::App& app);

}  // namespace cupel::cli
