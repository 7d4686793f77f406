// SPDX-License-Identifier: MIT
// Types to PostgreSQL's text and back.
#include "dialect/postgres/types.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::dialect::postgres {
namespace {

using namespace model;

TEST(PostgresTypes, SpellsGenericTypes) {
  EXPECT_EQ(type_text(Boolean()), "BOOLEAN");
  EXPECT_EQ(type_text(Numeric()), "NUMERIC");
  EXPECT_EQ(type_text(Numeric(10)), "NUMERIC(10)");
  EXPECT_EQ(type_text(Numeric(10, 2)), "NUMERIC(10, 2)");
  EXPECT_EQ(type_text(Float(53)), "FLOAT(53)");
  EXPECT_EQ(type_text(String(30, "en_US.utf8")), "VARCHAR(30) COLLATE \"en_US.utf8\"");
  EXPECT_EQ(type_text(Binary(10)), "BYTEA");
  EXPECT_EQ(type_text(Time(kWithTimezone, 3)), "TIME(3) WITH TIME ZONE");
  EXPECT_EQ(type_text(DateTime()), "TIMESTAMP WITHOUT TIME ZONE");
  EXPECT_EQ(type_text(Interval("DAY TO SECOND", 3)), "INTERVAL DAY TO SECOND(3)");
  EXPECT_EQ(type_text(Array(String(5), 2)), "VARCHAR(5)[][]");
  EXPECT_EQ(type_text(Named("vector(1536)")), "vector(1536)");
}

TEST(PostgresTypes, SpellsEnums) {
  EXPECT_EQ(type_text(Enum({"a"}, "Mood", "app")), "app.\"Mood\"");
  EXPECT_EQ(type_text(Enum({"a", "größer"}, "mood").as_varchar()), "VARCHAR(6)");
  try {
    type_text(Enum({"a"}));
    FAIL() << "an enum without a name was written";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "an enum type needs a name on PostgreSQL");
  }
}

TEST(PostgresTypes, TakesTheVariant) {
  EXPECT_EQ(type_text(Integer().with_variant(BigInteger(), "postgresql")), "BIGINT");
  EXPECT_EQ(type_text(Integer().with_variant(BigInteger(), "sqlite")), "INTEGER");
}

TEST(PostgresTypes, ParsesWhatTheServerPrints) {
  EXPECT_EQ(parse_type("integer"), Integer());
  EXPECT_EQ(parse_type("character varying(30)"), String(30));
  EXPECT_EQ(parse_type("character varying"), String());
  EXPECT_EQ(parse_type("character(3)"), Char(3));
  EXPECT_EQ(parse_type("numeric(10,2)"), Numeric(10, 2));
  EXPECT_EQ(parse_type("numeric"), Numeric());
  EXPECT_EQ(parse_type("real"), Float(24));
  EXPECT_EQ(parse_type("double precision"), Double());
  EXPECT_EQ(parse_type("timestamp(3) without time zone"), DateTime({false}, 3));
  EXPECT_EQ(parse_type("timestamp with time zone"), DateTime(kWithTimezone));
  EXPECT_EQ(parse_type("time without time zone"), Time());
  EXPECT_EQ(parse_type("interval day to second(3)"), Interval("DAY TO SECOND", 3));
  EXPECT_EQ(parse_type("jsonb"), Named("JSONB"));
  EXPECT_EQ(parse_type("bit varying(5)"), Named("BIT VARYING(5)"));
  EXPECT_EQ(parse_type("vector(1536)"), Named("vector(1536)"));
  EXPECT_EQ(parse_type("\"char\""), Named("\"char\""));
  EXPECT_EQ(parse_type("bytea[]"), Array(LargeBinary()));
  EXPECT_EQ(parse_type("character varying(5)[][]"), Array(String(5), 2));
}

TEST(PostgresTypes, ParsesNamesInSchemas) {
  Type mood = Named("mood");
  mood.schema = "app";
  EXPECT_EQ(parse_type("app.mood"), mood);
  mood.schema = "My \"App\"";
  mood.name = "\"Mood\"";
  EXPECT_EQ(parse_type("\"My \"\"App\"\"\".\"Mood\""), mood);
  EXPECT_EQ(type_text(mood), "\"My \"\"App\"\"\".\"Mood\"");
  EXPECT_EQ(parse_type("pg_catalog.int4"), Integer());
}

TEST(PostgresTypes, GivesOneValueForAllSpellings) {
  EXPECT_EQ(parse_type("INT4"), Integer());
  EXPECT_EQ(parse_type(" VARCHAR ( 30 ) "), String(30));
  EXPECT_EQ(parse_type("timestamptz(3)"), DateTime(kWithTimezone, 3));
  EXPECT_EQ(parse_type("decimal(10)"), Numeric(10, 0));
  EXPECT_EQ(parse_type("char"), Char(1));
  EXPECT_EQ(parse_type("FLOAT"), Double());
  EXPECT_EQ(parse_type("float(10)"), Float(24));
  EXPECT_EQ(parse_type("BIT"), Named("BIT(1)"));
}

TEST(PostgresTypes, ReadsWhatItWrites) {
  for (const Type& type : {Type(Boolean()),
                           Type(SmallInteger()),
                           Type(BigInteger()),
                           Type(Numeric(5, 0)),
                           Type(Double()),
                           Type(Float(24)),
                           Type(String(3)),
                           Type(Char(7)),
                           Type(Text()),
                           Type(LargeBinary()),
                           Type(Date()),
                           Type(Time({false}, 2)),
                           Type(DateTime(kWithTimezone)),
                           Type(Interval()),
                           Type(Interval("YEAR")),
                           Type(Json()),
                           Type(Uuid()),
                           Type(Named("INET")),
                           Type(Named("TSRANGE")),
                           Type(Array(Named("JSONB"), 3))}) {
    EXPECT_EQ(parse_type(type_text(type)), type) << type_text(type);
  }
}

}  // namespace
}  // namespace cupel::dialect::postgres
