// SPDX-License-Identifier: MIT
#include "command/backup_record.hpp"

#include <gtest/gtest.h>

namespace cupel::command {
namespace {

BackupRecord sample() {
  return {"sqlite",
          "sqlite:///a%20b.db",
          "2026-02-04T10:15:00Z",
          "SQLite 3.40.1",
          {"r1", "odd: id"},
          {{"users", 3}, {"a\nb%25 c: d", 0}},
          4096,
          "0123456789abcdef0123456789abcdef"};
}

TEST(BackupRecord, IsReadAsItWasWritten) {
  EXPECT_EQ(parse_backup_record(to_text(sample()), "x.info"), sample());
}

TEST(BackupRecord, AnythingElseIsRefused) {
  const std::string good = to_text(sample());
  const std::vector<std::string> bad{"",
                                     "cupel backup 2\n" + good.substr(good.find('\n') + 1),
                                     good + "rows: many users\n",
                                     good + "colour: red\n",
                                     good + "nothing\n",
                                     good.substr(0, good.find("checksum"))};
  for (const std::string& text : bad)
    EXPECT_THROW(parse_backup_record(text, "x.info"), InputError) << text;
}

}  // namespace
}  // namespace cupel::command
