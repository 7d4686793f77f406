// SPDX-License-Identifier: MIT
// How long work takes on a table of so many rows, by what was measured. See impact.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "dialect/postgres/lint/impact.hpp"

namespace cupel::dialect::postgres {
namespace {

constexpr std::int64_t kMeasuredRows = 400'000;

/// Milliseconds for kMeasuredRows on PostgreSQL 15; docs/lint-postgresql.md.
int measured_ms(Work work) {
  switch (work) {
    case Work::None:
      return 0;
    case Work::Scan:
      return 18;
    case Work::References:
      return 37;
    case Work::IndexBuild:
      return 117;
    case Work::ExcludeBuild:
      return 4232;
    case Work::Rewrite:
      return 532;
    case Work::Query:
      return 99;
  }
  return 0;
}

std::string duration(double milliseconds) {
  if (milliseconds < 1000) return fmt::format("{:.0f} ms", std::max(1.0, milliseconds));
  if (milliseconds < 120'000) return fmt::format("{:.1f} s", milliseconds / 1000);
  return fmt::format("{:.0f} min", milliseconds / 60'000);
}

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), ",");
  return text;
}

}  // namespace

std::string estimate(Work work, std::int64_t rows) {
  if (rows < 0 || work == Work::None) return {};
  const double ms = static_cast<double>(measured_ms(work)) * static_cast<double>(rows) /
                    static_cast<double>(kMeasuredRows);
  return fmt::format("about {} for {} rows, by the {} ms measured for {} on PostgreSQL 15",
                     duration(ms), with_commas(rows), measured_ms(work),
                     with_commas(kMeasuredRows));
}

}  // namespace cupel::dialect::postgres
