// SPDX-License-Identifier: MIT
// An Alembic project as cupel's configuration: alembic.ini in the place of cupel.toml.
#pragma once

#include <string>

#include "cupel/command/project.hpp"

namespace cupel::command {

/// The file of an Alembic project in the current directory; empty if there is none.
CUPEL_API std::string find_alembic_file(const Files& files);
/// What the files of an Alembic project say. Throws what alembic::read_settings() throws.
CUPEL_API Config alembic_config(const Files& files, const alembic::SettingsRequest& request);

}  // namespace cupel::command
