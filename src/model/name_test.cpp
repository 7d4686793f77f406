// SPDX-License-Identifier: MIT
#include "cupel/model/name.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "model/md5.hpp"
#include "model/words.hpp"

namespace cupel::model {

TEST(ModelName, OnlyDotsOutsideQuotesSeparate) {
  EXPECT_EQ(parse_column_name("users.id"), (ColumnName{"users", "id"}));
  EXPECT_EQ(parse_column_name("app.users.id"), (ColumnName{{"app", "users"}, "id"}));
  EXPECT_EQ(parse_column_name("\"my.table\".\"a \"\"b\"\"\""), (ColumnName{"my.table", "a \"b\""}));
  EXPECT_EQ(parse_column_name("a.b.users.id"), (ColumnName{{"a.b", "users"}, "id"}));
}

TEST(ModelName, ColumnNamesReadBackWhatTheyPrint) {
  for (const ColumnName& name :
       {ColumnName{"t", "c"}, ColumnName{{"s.x", "t"}, "c"}, ColumnName{{"s", "my.t"}, "a\"b"}}) {
    EXPECT_EQ(parse_column_name(to_string(name)), name);
  }
  EXPECT_EQ(to_string(ColumnName{{"s", "my.t"}, "a\"b"}), "s.\"my.t\".\"a\"\"b\"");
}

TEST(ModelName, RefusesWhatNamesNoColumn) {
  for (const char* text : {"users", "", ".id", "users."}) {
    try {
      parse_column_name(text);
      FAIL() << text;
    } catch (const UsageError& error) {
      EXPECT_EQ(error.to_string(), "'" + std::string(text) +
                                       "' names no column of a table\n  hint: write "
                                       "\"table.column\" or \"schema.table.column\"; a name that "
                                       "holds a dot goes in double quotes");
    }
  }
  EXPECT_THROW(parse_column_name("\"a.b"), UsageError);
}

TEST(ModelName, Md5IsTheStandardOne) {
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(md5_hex("12345678901234567890123456789012345678901234567890123456789012345678901234567"
                    "890"),
            "57edf4a22be3c955ac49da2e2107b67a");
}

TEST(ModelName, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(quoted_if_needed("flag"), "flag");
  EXPECT_EQ(quoted_if_needed("select"), "\"select\"");
  EXPECT_EQ(quoted_if_needed("Flag"), "\"Flag\"");
  EXPECT_EQ(quoted_if_needed("1st"), "\"1st\"");
  EXPECT_EQ(quoted_if_needed("a]b", '['), "[a]]b]");
}

// The list is searched by bisection.
TEST(ModelName, EveryReservedWordIsFound) {
  for (const char* word : {"add", "AND", "autoincrement", "between", "binary", "current_timestamp",
                           "in", "initially", "is", "notnull", "user", "with", "Select"}) {
    EXPECT_TRUE(is_reserved_word(word)) << word;
  }
  EXPECT_FALSE(is_reserved_word("name"));
}

}  // namespace cupel::model
