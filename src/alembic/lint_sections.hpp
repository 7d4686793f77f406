// SPDX-License-Identifier: MIT
// The settings of lint in an alembic.ini: what [lint] of a cupel.toml says, in the same keys.
#pragma once

#include <string>

#include "cupel/alembic/ini.hpp"

namespace cupel::alembic {

/// As TOML, each line where it stands in the file, so that who reads it names the right one. Quotes
/// around a value or a pattern may be left out in the .ini.
std::string lint_sections(const Ini& ini);

}  // namespace cupel::alembic
