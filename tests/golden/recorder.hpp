// SPDX-License-Identifier: MIT
// Runs a case offline and keeps what it writes.
#pragma once

#include <vector>

#include "cupel/dialect/dialect.hpp"
#include "golden/cases.hpp"
#include "golden/golden_file.hpp"

namespace cupel::golden {

/// The dialects that the files speak of.
std::vector<const dialect::Dialect*> golden_dialects();

/// The statements, each with its semicolon and collapsed; "error: ..." if the call threw; "(no
/// SQL)" for nothing; "not applicable: ..." for a case without call.
Lines written_by(const Case& golden_case, const dialect::Dialect& dialect);

}  // namespace cupel::golden
