// SPDX-License-Identifier: MIT
// Reports of backup and restore. See render_safety.hpp.
#include <fmt/core.h>

#include <array>

#include "cli/json.hpp"
#include "cli/render_safety.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

std::string bytes(std::uint64_t count) {
  constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  auto number = static_cast<double>(count);
  std::size_t unit = 0;
  for (; number >= 1000 && unit + 1 < kUnits.size(); ++unit) number /= 1000;
  return unit == 0 ? fmt::format("{} B", count) : fmt::format("{:.1f} {}", number, kUnits[unit]);
}

Json json_of(const command::BackupRecord& record) {
  Json rows = Json::object();
  for (const auto& [table, count] : record.rows) rows[table] = count;
  return {{"dialect", record.dialect}, {"database", record.database}, {"created", record.created},
          {"made_by", record.made_by}, {"current", record.revisions}, {"rows", rows},
          {"size", record.size},       {"checksum", record.checksum}};
}

}  // namespace

std::string describe(const command::BackupRecord& record) {
  std::int64_t rows = 0;
  for (const auto& [table, count] : record.rows) rows += count;
  const std::string at =
      record.revisions.empty() ? "at no revision" : "at " + text::join(record.revisions, ", ");
  return fmt::format("{} of {}, {}: {} row{} in {} table{}, {}", record.database, record.created,
                     at, rows, rows == 1 ? "" : "s", record.rows.size(),
                     record.rows.size() == 1 ? "" : "s", bytes(record.size));
}

std::string json_backup(const command::BackupReport& report) {
  return print(
      {{"path", report.path}, {"backup", json_of(report.record)}, {"removed", report.removed}});
}

std::string json_restore(const command::RestoreReport& report) {
  return print({{"backup", json_of(report.record)}, {"kept", report.kept}});
}

std::string render_progress(const std::string& what, std::uint64_t done, std::uint64_t total) {
  if (total > 0) return fmt::format("{} ... {} % of {}", what, done * 100 / total, bytes(total));
  return done == 0 ? what + " ..." : fmt::format("{} ... {}", what, bytes(done));
}

}  // namespace cupel::cli
