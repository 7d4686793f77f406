// SPDX-License-Identifier: MIT
#include "cupel/model/type.hpp"

#include <gtest/gtest.h>

namespace cupel::model {

TEST(ModelType, PrintsAsItWasWritten) {
  EXPECT_EQ(to_string(Type()), "Untyped");
  EXPECT_EQ(to_string(String(20)), "String(20)");
  EXPECT_EQ(to_string(String(20, "C")), "String(20) collate C");
  EXPECT_EQ(to_string(Numeric(10, 2)), "Numeric(10, 2)");
  EXPECT_EQ(to_string(DateTime(kWithTimezone, 3)), "DateTime(3, timezone)");
  EXPECT_EQ(to_string(Interval("DAY TO SECOND")), "Interval(DAY TO SECOND)");
  EXPECT_EQ(to_string(Enum({"a", "it's"}, "mood", "app")), "Enum('a', 'it''s', app.mood)");
  EXPECT_EQ(to_string(Enum({"a"}, "mood").as_varchar(true)),
            "Enum('a', mood) as varchar with check");
  EXPECT_EQ(to_string(Array(Integer(), 2)), "Array(Integer, 2)");
  EXPECT_EQ(to_string(Named("vector(1536)")), "vector(1536)");
  EXPECT_EQ(to_string(Integer().with_variant(BigInteger(), "other")),
            "Integer, on other BigInteger");
}

TEST(ModelType, EqualityComparesEveryField) {
  EXPECT_EQ(String(20), String(20));
  EXPECT_NE(Type(String(20)), Type(String(21)));
  EXPECT_NE(Type(Integer()), Type(BigInteger()));
  EXPECT_NE(Type(Array(Integer())), Type(Array(Text())));
  EXPECT_NE(Type(DateTime()), Type(DateTime(kWithTimezone)));
  EXPECT_NE(Integer().with_variant(BigInteger(), "other"), Type(Integer()));
}

TEST(ModelType, VariantsStandInForOneDialect) {
  const Type type = Integer().with_variant(BigInteger(), "other");
  EXPECT_EQ(type.on("other"), BigInteger());
  EXPECT_EQ(type.on("another").kind, TypeKind::Integer);
}

}  // namespace cupel::model
