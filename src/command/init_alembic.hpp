// SPDX-License-Identifier: MIT
// A new Alembic project's files.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::command {

/// alembic.ini, for scripts in `directory`, which is as the file shall say it.
std::string alembic_ini(const std::string& directory, const std::string& url);
/// Names and contents of what lies in the directory beside versions/.
std::vector<std::pair<std::string_view, std::string_view>> alembic_files();

}  // namespace cupel::command
