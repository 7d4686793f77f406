// SPDX-License-Identifier: MIT
// Reports of the commands that try revisions, as text, as JSON and as JUnit XML.
#pragma once

#include <chrono>
#include <string>

#include "cupel/command/approve.hpp"
#include "cupel/command/backup.hpp"
#include "cupel/command/dry_run.hpp"
#include "cupel/command/verify.hpp"

namespace cupel::cli {

inline double milliseconds(std::chrono::microseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

/// One line for each finding, with what it means below it; `verbose` shows each revision's times
/// before.
std::string render_verify(const command::VerifyReport& report, bool verbose);
/// "3 revisions tried up, down and up again in 0.2 s, 1 finding"
std::string summary_of(const command::VerifyReport& report);
std::string json_verify(const command::VerifyReport& report);
/// https://github.com/testmoapp/junitxml: what CI servers read.
std::string junit_verify(const command::VerifyReport& report);

/// The statements as SQL, their times and rows in comments, then what differs.
std::string render_dry_run(const revision::Graph& graph, const command::DryRunReport& report);
std::string json_dry_run(const revision::Graph& graph, const command::DryRunReport& report);

/// What would be lost, one line each.
std::string render_approval(const command::ApproveReport& report);
std::string json_approval(const command::ApproveReport& report);
/// One line for each, and whether it still holds.
std::string render_approvals(const std::vector<command::ApprovalState>& all);
std::string json_approvals(const std::vector<command::ApprovalState>& all);

/// "sqlite:///app.db of 2026-02-04T10:15:00Z, at r1: 3 rows in 2 tables, 12.0 kB"
std::string describe(const command::BackupRecord& record);
std::string json_backup(const command::BackupReport& report);
std::string json_restore(const command::RestoreReport& report);
/// "Backing up ... 43 % of 1.2 GB"
std::string render_progress(const std::string& what, std::uint64_t done, std::uint64_t total);

}  // namespace cupel::cli
