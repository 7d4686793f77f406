// SPDX-License-Identifier: MIT
// How --help shows options.
#pragma once

#include <memory>

namespace CLI {
class FormatterBase;
}

namespace cupel::cli {

/// Says in words what may be given several times and what is the default; of an argument only its
/// name.
std::shared_ptr<CLI::FormatterBase> make_help_formatter();

}  // namespace cupel::cli
