// SPDX-License-Identifier: MIT
#include "cupel/script/naming.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cupel::script {
namespace {

const TimePoint kTime = TimePoint(std::chrono::seconds(1770200107));  // 2026-02-04 10:15:07 UTC

std::string named(std::string_view file_template, const std::string& message = "Add phone!") {
  return file_name(file_template, {.revision = "1a2b", .message = message, .created = kTime});
}

}  // namespace

TEST(Naming, SlugsAreWordsInLowerCase) {
  EXPECT_EQ(slugify("Add phone-number to  `users`!"), "add_phone_number_to_users");
  EXPECT_EQ(slugify("__a__"), "__a__");
  EXPECT_EQ(slugify("../etc/passwd"), "etc_passwd");
  EXPECT_EQ(slugify(""), "");
  EXPECT_EQ(slugify("?!"), "");
}

TEST(Naming, SlugsKeepLettersOfEveryScript) {
  EXPECT_EQ(slugify("Gr\xC3\x96\xC3\x9F"
                    "e \xE2\x80\x94 \xD0\x94\xD0\xB0"),
            "gr\xC3\xB6\xC3\x9F"
            "e_\xD0\xB4\xD0\xB0");
  EXPECT_EQ(slugify("\xE6\xBC\xA2\xE3\x80\x82\xE5\xAD\x97 \xF0\x9F\x9A\x80 go"),
            "\xE6\xBC\xA2_\xE5\xAD\x97_go");
}

TEST(Naming, SlugsAreCutBetweenWords) {
  EXPECT_EQ(slugify("one two three", 7), "one_two");
  EXPECT_EQ(slugify("one two three", 8), "one_two");
  EXPECT_EQ(slugify("one two three", 12), "one_two");
  EXPECT_EQ(slugify("one two three", 13), "one_two_three");
  EXPECT_EQ(slugify("incomprehensible", 5), "incom");
  EXPECT_EQ(slugify("add a column for the telephone number of the customer"),
            "add_a_column_for_the_telephone_number_of");
}

TEST(Naming, FileNamesComeFromATemplate) {
  EXPECT_EQ(named(kDefaultFileTemplate), "20260204_add_phone");
  EXPECT_EQ(named("{rev}_{slug}"), "1a2b_add_phone");
  EXPECT_EQ(named("{year}/{month}-{day}-{hour}{minute}{second}-{epoch}"),
            "2026/02-04-101507-1770200107");
  EXPECT_EQ(named("{datetime}_x"), "20260204_101507_x");
}

TEST(Naming, NoMessageLeavesNoSeparators) {
  EXPECT_EQ(named("{date}_{slug}", ""), "20260204");
  EXPECT_EQ(named("{slug}-{rev}", ""), "1a2b");
  EXPECT_EQ(named("{slug}", ""), "1a2b");
}

TEST(Naming, AnUnknownTokenIsAnError) {
  try {
    named("{date}_{slugg}");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.to_string(),
              "unknown token '{slugg}' in the file template\n  hint: did you mean '{slug}'?");
  }
  try {
    named("{qqqqqq}");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.hint(),
              "there are: {date} {datetime} {rev} {slug} {epoch} {year} {month} {day} {hour} "
              "{minute} {second}");
  }
}

TEST(Naming, ATakenNameGetsTheId) {
  EXPECT_EQ(unused_file_name("a", "1a2b", ".sql", {"b.sql"}), "a.sql");
  // Some file systems do not tell A from a.
  EXPECT_EQ(unused_file_name("a", "1a2b", ".sql", {"b.sql", "A.sql"}), "a_1a2b.sql");
}

TEST(Naming, IdsAreTwelveHexDigits) {
  EXPECT_EQ(new_revision_id([] { return 0x89ABCDEFu; }), "cdef89abcdef");
  EXPECT_EQ(new_revision_id([] { return 0u; }), "000000000000");
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.insert(new_revision_id());
  EXPECT_EQ(ids.size(), 100u);
}

TEST(Naming, KnowsVagueMessages) {
  for (const char* message : {"update", "Fix", "WIP!", "changes", "a", "", "new migration"}) {
    EXPECT_TRUE(is_vague_message(message)) << message;
  }
  for (const char* message : {"update users", "add phone", "initial", "fix typo in name"}) {
    EXPECT_FALSE(is_vague_message(message)) << message;
  }
}

}  // namespace cupel::script
