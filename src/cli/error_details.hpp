// SPDX-License-Identifier: MIT
// All that is known of an error, for --raiseerr.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::cli {

struct ErrorDetails {
  std::vector<std::pair<std::string, std::string>> facts;  ///< "class", "place", "cause", ...
  std::string traceback;                                   ///< as Python prints it; may be empty
};

/// `traceback` is that of the script that was running, if one was.
ErrorDetails details_of(const Error& error, std::string traceback);

}  // namespace cupel::cli
