// SPDX-License-Identifier: MIT
// How --help shows options.
#pragma once

#include <memory>
#include <string>

namespace CLI {
class FormatterBase;
class Option;
}  // namespace CLI

namespace cupel::cli {

/// What it is for, whether it may be given several times, and what it is if it is not given.
std::string describe(const CLI::Option& option);

/// Of an argument only its name.
std::shared_ptr<CLI::FormatterBase> make_help_formatter();

}  // namespace cupel::cli
