// SPDX-License-Identifier: MIT
// Reports of the commands that try revisions, as text, as JSON and as JUnit XML.
#pragma once

#include <string>

#include "cupel/command/verify.hpp"

namespace cupel::cli {

/// One line for each finding, with what it means below it; `verbose` shows each revision's times
/// before.
std::string render_verify(const command::VerifyReport& report, bool verbose);
/// "3 revisions tried up, down and up again in 0.2 s, 1 finding"
std::string summary_of(const command::VerifyReport& report);
std::string json_verify(const command::VerifyReport& report);
/// https://github.com/testmoapp/junitxml: what CI servers read.
std::string junit_verify(const command::VerifyReport& report);

}  // namespace cupel::cli
