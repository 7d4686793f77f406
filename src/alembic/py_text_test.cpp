// SPDX-License-Identifier: MIT
#include "alembic/py_text.hpp"

#include <gtest/gtest.h>

namespace cupel::alembic::py {
namespace {

TEST(PythonText, IsQuotedAsReprDoes) {
  EXPECT_EQ(repr("a"), "'a'");
  EXPECT_EQ(repr("it's"), "\"it's\"");
  EXPECT_EQ(repr("it's \"so\""), R"('it\'s "so"')");
  EXPECT_EQ(repr("a\\b\n\tc\x01"), R"('a\\b\n\tc\x01')");
  EXPECT_EQ(repr("größe"), "'größe'");
  EXPECT_EQ(repr(std::vector<std::string>{"a", "b"}), "['a', 'b']");
}

TEST(PythonText, EscapesWhatTextWouldTakeForAParameter) {
  EXPECT_EQ(escaped(":a = :b"), "\\:a = \\:b");
  EXPECT_EQ(escaped("x::int, 'a:b', '12:30'"), "x::int, 'a:b', '12:30'");
  EXPECT_EQ(escaped("':x:'"), "':x:'");  // a colon behind the word: no parameter
  EXPECT_EQ(escaped("\\:x"), "\\\\:x");  // its backslash would be taken away
  EXPECT_EQ(escaped("a[1 : 2]"), "a[1 : 2]");
}

TEST(PythonText, StatementsKeepTheirLines) {
  EXPECT_EQ(statement_literal("SELECT 1"), "'SELECT 1'");
  EXPECT_EQ(statement_literal("a\n\"b\""), "\"\"\"a\n\"b\\\"\"\"\"");
  EXPECT_EQ(statement_literal("a \"\"\" b\n\\"), "\"\"\"a \\\"\"\" b\n\\\\\"\"\"");
}

}  // namespace
}  // namespace cupel::alembic::py
