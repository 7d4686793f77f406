// SPDX-License-Identifier: MIT
// doctor: which revision a database really is, what is wrong with it, and the way out.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"

namespace cupel::command {

/// Something that is wrong, and what to type.
struct CUPEL_API Trouble {
  std::string what;
  std::string advice;
};

struct CUPEL_API DoctorReport {
  std::string url;                   ///< without its password
  std::vector<std::string> rows;     ///< what the version table says
  std::vector<std::string> unknown;  ///< rows that no file defines
  /// The revisions whose schema the database has exactly, the newest first: one state for each
  /// entry. Empty: none has.
  std::vector<std::string> matches;
  /// The revision whose schema is nearest, and what the database has otherwise: Added is there
  /// besides, Removed is missing. Empty if there is a match.
  std::string nearest;
  std::vector<diff::Finding> differences;
  std::vector<Trouble> troubles;
  std::vector<std::string> stamp;  ///< the rows that would be right; empty: nothing to stamp
  bool fixed = false;
  bool is_healthy() const { return troubles.empty(); }
};
/// Runs every revision on a scratch database and compares. Changes nothing, unless `fix`: then it
/// stamps the match.
CUPEL_API DoctorReport doctor(Project& project, bool fix);

}  // namespace cupel::command
