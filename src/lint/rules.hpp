// SPDX-License-Identifier: MIT
// The parts of the catalogue that common_rules() joins. See rule.hpp.
#pragma once

#include <span>

#include "cupel/lint/rule.hpp"

namespace cupel::lint {

std::span<const Rule> data_rules();    ///< DS, DD
std::span<const Rule> compat_rules();  ///< BC
std::span<const Rule> design_rules();  ///< IX, NM, TY
std::span<const Rule> change_rules();  ///< DV, RV, TX

/// Null if no rule that holds everywhere has that code.
const Rule* find_common_rule(std::string_view code);

}  // namespace cupel::lint
