// SPDX-License-Identifier: MIT
// Reads .env files: NAME=value lines, as docker compose and python-dotenv understand them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace cupel::cli {

/// Comments (#), blank lines, `export `, single quotes (as is) and double quotes (\n, \", \\) are
/// understood. Throws InputError with the place for a line that is none of these; the message never
/// holds a value.
std::map<std::string, std::string> parse_dotenv(std::string_view text, const std::string& path);

}  // namespace cupel::cli
