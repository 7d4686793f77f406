// SPDX-License-Identifier: MIT
// The text files of golden cases: what Alembic writes, and what cupel writes where it differs.
//
//   ## 33
//   op.add_column(...)                      the call, as the reference has it
//   postgresql:
//       ALTER TABLE ...;                    Alembic's statements, one a line, white space collapsed
//   postgresql differs: why
//       CREATE TYPE ...;                    cupel's statements
//   sqlite writes:                          cupel's statements where the reference says nothing
//   not applicable: why                     instead, for a call that cupel cannot have
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cupel::golden {

using Lines = std::vector<std::string>;

struct Expectation {
  std::optional<Lines> alembic;  ///< nullopt: the reference does not say
  std::string reason;            ///< why cupel differs; empty: it does not, or `alembic` is nullopt
  Lines cupel;
  /// What cupel must write.
  const Lines& wanted() const { return reason.empty() && alembic ? *alembic : cupel; }
};

struct Entry {
  int number = 0;
  Lines call;
  std::string not_applicable;
  std::map<std::string, Expectation> dialects;
};

/// Throws std::runtime_error with the line for what it does not understand.
std::vector<Entry> read_golden(const std::string& path);
void write_golden(const std::string& path, const std::vector<Entry>& entries);

/// Runs of white space as one space, none behind '(' and before ')'.
std::string collapsed(const std::string& sql);

}  // namespace cupel::golden
