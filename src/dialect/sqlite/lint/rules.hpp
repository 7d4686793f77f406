// SPDX-License-Identifier: MIT
// The catalogue of the rules that only SQLite has.
#pragma once

#include <span>
#include <string_view>

#include "cupel/lint/rule.hpp"

namespace cupel::dialect::sqlite {

/// In the order of their codes.
std::span<const lint::Rule> lint_rules();
lint::Severity severity_of(std::string_view code);

}  // namespace cupel::dialect::sqlite
