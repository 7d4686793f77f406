// SPDX-License-Identifier: MIT
#include "cupel/base/text.hpp"

#include <gtest/gtest.h>

namespace cupel::text {

TEST(Text, SplitListTrimsAndDropsEmptyParts) {
  EXPECT_EQ(split_list(" a, b ,,c "), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(split_list("  ").empty());
}

TEST(Text, NearestFindsATypoAndNothingFar) {
  const std::vector<std::string> names{"depends_on", "down_revision"};
  EXPECT_EQ(nearest("depend_on", names), "depends_on");
  EXPECT_EQ(nearest("zebra", names), "");
  EXPECT_EQ(nearest("ulr", std::vector<std::string>{"url", "history"}), "url");
}

TEST(Text, PositionsCountCharactersNotBytes) {
  const FilePosition position = position_at("a\nb\xC3\xA9x", 5, "f");
  EXPECT_EQ(position, (FilePosition{"f", 2, 3}));
}

TEST(Text, ChecksumIsXxh3AndStable) { EXPECT_EQ(checksum(""), "99aa06d3014798d86001c324468d497f"); }

TEST(Text, Utf8RejectsLatin1OverlongAndSurrogates) {
  std::size_t bad = 0;
  EXPECT_TRUE(is_utf8("gr\xC3\xBC\xC3\x9F"));
  EXPECT_FALSE(is_utf8("gr\xFC", &bad));
  EXPECT_EQ(bad, 2u);
  EXPECT_FALSE(is_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
}

TEST(Text, ATomlStringBearsEveryText) {
  EXPECT_EQ(toml_string("sqlite:///app.db"), "\"sqlite:///app.db\"");
  EXPECT_EQ(toml_string("a\"b\\c\n\x7F\xC3\xA9"), "\"a\\\"b\\\\c\\u000A\\u007F\xC3\xA9\"");
}

TEST(Error, ReadsAsPlaceMessageNotesHint) {
  InputError error({"a.sql", 3, 5}, "unknown directive 'x'", "did you mean 'y'?");
  error.add_note("while reading");
  EXPECT_EQ(error.to_string(),
            "a.sql:3:5: unknown directive 'x'\n  note: while reading\n  hint: did you mean 'y'?");
}

}  // namespace cupel::text
