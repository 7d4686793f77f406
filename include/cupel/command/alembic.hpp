// SPDX-License-Identifier: MIT
// An Alembic project as cupel's configuration: alembic.ini in the place of cupel.toml.
#pragma once

#include <string>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// The file of an Alembic project in the current directory; empty if there is none.
CUPEL_API std::string find_alembic_file(const Files& files);
/// True for an .ini, and for a pyproject.toml: files that alembic_config() reads.
CUPEL_API bool is_alembic_file(const std::string& path);
/// What the file of an Alembic project says. `section` is Alembic's -n; empty: its default. Throws
/// what alembic::read_settings() throws.
CUPEL_API Config alembic_config(const Files& files, const std::string& path,
                                const std::string& section = {});

}  // namespace cupel::command
