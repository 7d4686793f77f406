// SPDX-License-Identifier: MIT
// Runs the 288 cases on every dialect and compares with the files. CUPEL_UPDATE_GOLDEN=1 writes
// cupel's side of the files anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "golden/cases.hpp"
#include "golden/golden_file.hpp"
#include "golden/recorder.hpp"

namespace cupel::golden {
namespace {

constexpr int kCases = 288;
constexpr const char* kNoReason = "(say why)";

struct Area {
  const char* name;
  std::vector<Case> (*cases)();
};
constexpr Area kAreas[] = {
    {"tables", table_cases},     {"columns", column_cases}, {"alter_column", alter_column_cases},
    {"comments", comment_cases}, {"indexes", index_cases},  {"constraints", constraint_cases},
    {"types", type_cases},       {"data", data_cases},      {"naming", naming_cases},
    {"batch", batch_cases},
};

std::string path_of(const Area& area) {
  return std::string(CUPEL_SOURCE_DIR) + "/tests/golden/" + area.name + ".txt";
}

bool updates() { return std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr; }

std::string joined(const Lines& lines) {
  std::ostringstream out;
  for (const std::string& line : lines) out << "  " << line << "\n";
  return out.str();
}

/// What cupel writes goes into the file; a difference keeps its reason.
void update(Expectation& expectation, const Lines& written) {
  expectation.cupel = written;
  if (!expectation.alembic || expectation.alembic == written) {
    expectation.reason.clear();
  } else if (expectation.reason.empty()) {
    expectation.reason = kNoReason;
  }
}

void compare(const Entry& entry, const std::string& dialect, const Expectation& expectation,
             const Lines& written) {
  EXPECT_EQ(expectation.wanted(), written)
      << "case " << entry.number << " on " << dialect << ": " << joined(entry.call) << "expected:\n"
      << joined(expectation.wanted()) << "written:\n"
      << joined(written);
  EXPECT_NE(expectation.reason, kNoReason) << "case " << entry.number << " on " << dialect;
  if (expectation.alembic && !expectation.reason.empty()) {
    EXPECT_NE(*expectation.alembic, expectation.cupel)
        << "case " << entry.number << " on " << dialect << " does not differ";
  }
}

class Golden : public testing::TestWithParam<Area> {};

TEST_P(Golden, WritesWhatTheFilesSay) {
  std::vector<Entry> entries = read_golden(path_of(GetParam()));
  const std::vector<Case> cases = GetParam().cases();
  for (Entry& entry : entries) {
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const Case& it) { return it.number == entry.number; });
    ASSERT_NE(found, cases.end()) << "case " << entry.number << " has no call";
    if (updates()) entry.not_applicable = found->not_applicable;
    EXPECT_EQ(entry.not_applicable, found->not_applicable) << "case " << entry.number;
    if (!found->run) continue;
    for (const dialect::Dialect* dialect : golden_dialects()) {
      Expectation& expectation = entry.dialects[std::string(dialect->name())];
      const Lines written = written_by(*found, *dialect);
      if (updates()) {
        update(expectation, written);
      } else {
        compare(entry, std::string(dialect->name()), expectation, written);
      }
    }
  }
  if (updates()) write_golden(path_of(GetParam()), entries);
}

INSTANTIATE_TEST_SUITE_P(Areas, Golden, testing::ValuesIn(kAreas),
                         [](const auto& area) { return std::string(area.param.name); });

TEST(GoldenCases, NoneIsMissing) {
  std::set<int> numbers;
  for (const Area& area : kAreas) {
    std::set<int> in_file;
    for (const Entry& entry : read_golden(path_of(area))) in_file.insert(entry.number);
    for (const Case& it : area.cases()) {
      EXPECT_TRUE(numbers.insert(it.number).second) << "case " << it.number << " is there twice";
      EXPECT_EQ(in_file.count(it.number), 1U) << "case " << it.number << " is not in the file";
    }
  }
  for (int number = 1; number <= kCases; ++number) {
    EXPECT_EQ(numbers.count(number), 1U) << "case " << number << " is missing";
  }
}

}  // namespace
}  // namespace cupel::golden
