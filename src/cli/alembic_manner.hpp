// SPDX-License-Identifier: MIT
// What is different when the program is called by the name `alembic`: scripts and CI jobs that read
// what Alembic prints, and look at its exit codes, go on working. Everything else is as always.
#pragma once

#include <string>
#include <string_view>

namespace cupel::cli {

/// Alembic's exit code for whatever it says itself.
inline constexpr int kAlembicFailed = 255;

/// True for "alembic" and "/usr/bin/alembic".
bool is_alembic(std::string_view program);
/// "alembic 1.18.5 (cupel 1.2.3)": the version whose command line this is.
std::string alembic_version(const std::string& own);
/// A line as alembic.ini's logging writes it.
std::string alembic_log(std::string_view message, std::string_view level = "INFO",
                        std::string_view logger = "alembic.runtime.migration");
/// A message of cupel's in Alembic's words, where scripts may look for those.
std::string alembic_message(std::string message);
/// The lines "Path: ..." of a verbose listing with the whole path.
std::string with_absolute_paths(const std::string& text);
/// "Context impl SQLiteImpl." and what else Alembic says before a run.
std::string alembic_context(std::string_view dialect, bool offline);

}  // namespace cupel::cli
