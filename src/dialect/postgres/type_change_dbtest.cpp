// SPDX-License-Identifier: MIT
// Every type to every other, with values: what is called widening keeps them, and the server takes
// every conversion that is written for it.
#include <gtest/gtest.h>

#include <map>

#include "dialect/postgres/stored.hpp"
#include "dialect/postgres/type_change.hpp"
#include "dialect/postgres/types.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using namespace model;
using diff::TypeChange;

struct Sample {
  Type type;
  std::vector<std::string> values;  ///< as SQL
};

std::vector<Sample> samples() {
  return {{Boolean(), {"true", "false"}},
          {SmallInteger(), {"-32768", "32767", "0", "1"}},
          {Integer(), {"-2147483648", "2147483647", "0", "1"}},
          {BigInteger(), {"-9223372036854775808", "9223372036854775807", "0"}},
          {Numeric(), {"123456789012345678901234567890.5", "-1"}},
          {Numeric(5, 2), {"999.99", "-999.99", "0.01"}},
          {Numeric(12, 4), {"99999999.9999", "0.0001"}},
          {Numeric(20, 0), {"99999999999999999999"}},
          {Float(24), {"1.5", "16777217", "1e30"}},
          {Double(), {"1.5", "9007199254740993", "1e300"}},
          {String(), {"'a'", "''"}},
          {String(5), {"'abcde'", "'ä'"}},
          {String(20), {"'abcdefghijklmnopqrst'", "'1'"}},
          {String(40), {"'1'"}},
          {Char(3), {"'abc'", "'a'"}},
          {Text(), {"'some text'", "'true'"}},
          {LargeBinary(), {"'\\x6162'::bytea"}},
          {Date(), {"'2020-02-29'", "'1999-12-31'"}},
          {Time(), {"'23:59:59.123456'"}},
          {Time({false}, 2), {"'23:59:59.12'"}},
          {Time(kWithTimezone), {"'23:59:59+02'"}},
          {DateTime(), {"'2020-02-29 12:00:00.123456'"}},
          {DateTime({false}, 0), {"'2020-02-29 12:00:00'"}},
          {DateTime(kWithTimezone), {"'2020-02-29 12:00:00+05'"}},
          {Interval(), {"'1 day 2 hours'"}},
          {Json(), {"'{\"b\": 1, \"a\": [1]}'"}},
          {Named("JSONB"), {"'{\"a\": 1}'"}},
          {Uuid(), {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"}},
          {Enum({"a", "b"}, "letters"), {"'a'"}},
          {Enum({"a", "b", "c"}, "more_letters"), {"'b'"}},
          {Array(Integer()), {"'{1,2}'", "'{}'"}},
          {Array(BigInteger()), {"'{9223372036854775807}'"}},
          {Array(Text()), {"'{a,b}'"}},
          {Array(Enum({"a", "b"}, "letters")), {"'{a}'"}},
          {Named("INET"), {"'10.0.0.1'"}},
          {Named("INT4RANGE"), {"'[1,5)'"}}};
}

Type stored_type(const Type& type) {
  Table table;
  table.name = "t";
  table.columns.push_back({.name = "a", .type = type});
  return stored_table(table, {}).columns.front().type;
}

class TypeChanges : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP() << "there is no server";
    database_ = std::make_unique<testing_support::PostgresDatabase>();
    query("CREATE TYPE letters AS ENUM ('a', 'b')");
    query("CREATE TYPE more_letters AS ENUM ('a', 'b', 'c')");
    query("SET timezone = 'Asia/Tokyo'");
  }
  driver::Rows query(const std::string& sql) { return database_->query(sql); }

  /// The column's type changes as the rules say. Returns the server's refusal, or what the values
  /// are as text.
  std::string change(const Type& from, const Type& to, const std::vector<std::string>& values) {
    query("BEGIN");
    query("CREATE TABLE t (a " + type_text(from) + ")");
    for (const std::string& value : values) query("INSERT INTO t VALUES (" + value + ")");
    const std::string conversion = postgres::conversion("a", from, to);
    std::string result;
    try {
      query("ALTER TABLE t ALTER a TYPE " + type_text(to) +
            (conversion.empty() ? "" : " USING " + conversion));
      result = query("SELECT string_agg(a::text, ' ') AS it FROM t")[0].text(0);
    } catch (const DatabaseError& error) {
      result = "refused " + error.sqlstate() + ": " + error.message();
    }
    query("ROLLBACK");
    return result;
  }
  std::unique_ptr<testing_support::PostgresDatabase> database_;
};

bool is_error(const std::string& result) { return result.starts_with("refused "); }
/// There is no such cast or expression, whatever the values are.
bool is_refusal(const std::string& result) {
  for (const char* state : {"42846", "42804", "42883", "42601"})
    if (result.starts_with(std::string("refused ") + state)) return true;
  return false;
}

TEST_F(TypeChanges, EveryTypeToEveryOther) {
  for (const Sample& sample : samples()) {
    for (const Sample& other : samples()) {
      const Type from = stored_type(sample.type);
      const Type to = stored_type(other.type);
      const std::string what = type_text(from) + " to " + type_text(to);
      const TypeChange judged = judge_change(from, to);
      if (from == to) {
        EXPECT_EQ(judged, TypeChange::Same) << what;
        continue;
      }
      EXPECT_NE(judged, TypeChange::Same) << what;
      const std::string result = change(from, to, sample.values);
      // No way leads from a day to a time of day, and the like: the server says so.
      if (judged != TypeChange::Convert) {
        EXPECT_FALSE(is_refusal(result)) << what << ": " << result;
      }
      if (judged == TypeChange::Widening) {
        EXPECT_FALSE(is_error(result)) << what << ": " << result;
      }
    }
  }
}

TEST_F(TypeChanges, WideningComesBack) {
  for (const Sample& sample : samples()) {
    for (const Sample& other : samples()) {
      const Type from = stored_type(sample.type);
      const Type to = stored_type(other.type);
      if (from == to || judge_change(from, to) != TypeChange::Widening) continue;
      query("BEGIN");
      query("CREATE TABLE t (a " + type_text(from) + ")");
      for (const std::string& value : sample.values) query("INSERT INTO t VALUES (" + value + ")");
      const std::string text = "SELECT string_agg(a::text, ' ') AS it FROM t";
      const std::string before = query(text)[0].text(0);
      query("ALTER TABLE t ALTER a TYPE " + type_text(to));
      const std::string back = postgres::conversion("a", to, from);
      query("ALTER TABLE t ALTER a TYPE " + type_text(from) +
            (back.empty() ? "" : " USING " + back));
      EXPECT_EQ(query(text)[0].text(0), before) << type_text(from) << " to " << type_text(to);
      query("ROLLBACK");
    }
  }
}

TEST_F(TypeChanges, ConversionsThatPeopleMake) {
  const auto shows = [&](const Type& from, const Type& to, const std::string& value) {
    return change(stored_type(from), stored_type(to), {value});
  };
  EXPECT_EQ(shows(Text(), Integer(), "'12'"), "12");
  EXPECT_EQ(shows(String(10), Boolean(), "'yes'"), "true");
  EXPECT_EQ(shows(Boolean(), SmallInteger(), "true"), "1");
  EXPECT_EQ(shows(Integer(), Boolean(), "5"), "true");
  EXPECT_EQ(shows(Text(), Enum({"a"}, "letters"), "'a'"), "a");
  EXPECT_EQ(shows(Enum({"a"}, "letters"), Enum({"a"}, "more_letters"), "'a'"), "a");
  EXPECT_EQ(shows(Json(), Named("JSONB"), "'{\"a\":1}'"), "{\"a\": 1}");
  EXPECT_EQ(shows(Text(), Named("JSONB"), "'[1]'"), "[1]");
  EXPECT_EQ(shows(Text(), Uuid(), "'A0EEBC999C0B4EF8BB6D6BB9BD380A11'"),
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
  EXPECT_EQ(shows(Integer(), Array(Integer()), "5"), "{5}");
  EXPECT_EQ(shows(Array(Text()), Array(Enum({"a"}, "letters")), "'{a}'"), "{a}");
  EXPECT_EQ(shows(LargeBinary(), Text(), "'\\xc3a4'::bytea"), "ä");
  EXPECT_EQ(shows(DateTime(), DateTime(kWithTimezone), "'2020-01-01 00:00:00'"),
            "2020-01-01 09:00:00+09");
  EXPECT_EQ(shows(DateTime(kWithTimezone), DateTime(), "'2020-01-01 00:00:00Z'"),
            "2020-01-01 00:00:00");
}

}  // namespace
}  // namespace cupel::dialect::postgres
