// SPDX-License-Identifier: MIT
#include "dialect/sqlite/types.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Type;

TEST(SqliteTypes, SpellsTypesAsSqlAlchemyDoes) {
  const std::pair<Type, std::string> cases[] = {
      {Type(), ""},
      {model::Boolean(), "BOOLEAN"},
      {model::SmallInteger(), "SMALLINT"},
      {model::Integer(), "INTEGER"},
      {model::BigInteger(), "BIGINT"},
      {model::Numeric(), "NUMERIC"},
      {model::Numeric(10), "NUMERIC(10)"},
      {model::Numeric(10, 2), "NUMERIC(10, 2)"},
      {model::Float(), "FLOAT"},
      {model::Float(53), "FLOAT"},
      {model::Double(), "DOUBLE"},
      {model::String(), "VARCHAR"},
      {model::String(30), "VARCHAR(30)"},
      {model::Char(3), "CHAR(3)"},
      {model::Text(), "TEXT"},
      {model::Binary(10), "VARBINARY(10)"},
      {model::LargeBinary(), "BLOB"},
      {model::Date(), "DATE"},
      {model::Time(), "TIME"},
      {model::DateTime(), "DATETIME"},
      {model::DateTime(model::kWithTimezone), "DATETIME"},
      {model::Timestamp(model::kWithTimezone), "TIMESTAMP"},
      {model::Interval(), "DATETIME"},
      {model::Json(), "JSON"},
      {model::Uuid(), "CHAR(32)"},
      {model::Enum({"ja", "näe"}, "e"), "VARCHAR(3)"},
      {model::Named("vector(1536)"), "vector(1536)"},
      {model::String(10, "C"), "VARCHAR(10) COLLATE \"C\""},
      {model::Text("NOCASE"), "TEXT COLLATE NOCASE"},
      {model::Integer().with_variant(model::BigInteger(), "sqlite"), "BIGINT"},
  };
  for (const auto& [type, text] : cases) {
    EXPECT_EQ(type_text(type), text) << model::to_string(type);
    EXPECT_EQ(declared_type(parse_type(declared_type(type))), declared_type(type));
  }
}

TEST(SqliteTypes, RefusesArrays) {
  try {
    type_text(model::Array(model::Integer()));
    FAIL();
  } catch (const NotSupported& error) {
    EXPECT_EQ(error.to_string(),
              "sqlite has no array types\n"
              "  hint: use JSON for this column on sqlite: with_variant(Json(), \"sqlite\")");
  }
}

TEST(SqliteTypes, ReadsWhatItKnowsAndCarriesTheRest) {
  const std::pair<std::string_view, std::string> cases[] = {
      {"varchar( 20 )", "String(20)"},
      {"NUMERIC(10,2)", "Numeric(10, 2)"},
      {"integer", "Integer"},
      {"INT", "INT"},
      {"unsigned big int", "unsigned big int"},
      {"VARCHAR2(20)", "VARCHAR2(20)"},
      {"VARCHAR(x)", "VARCHAR(x)"},
      {"INTEGER(4)", "INTEGER(4)"},
      {"VARCHAR(99999999999)", "VARCHAR(99999999999)"},
      {"REAL", "REAL"},
  };
  for (const auto& [declared, shown] : cases)
    EXPECT_EQ(model::to_string(parse_type(declared)), shown);
}

TEST(SqliteTypes, KnowsAffinities) {
  EXPECT_EQ(affinity("CHARINT"), Affinity::Integer);
  EXPECT_EQ(affinity("varchar(3)"), Affinity::Text);
  EXPECT_EQ(affinity(""), Affinity::Blob);
  EXPECT_EQ(affinity("BLOB"), Affinity::Blob);
  EXPECT_EQ(affinity("DOUBLE"), Affinity::Real);
  EXPECT_EQ(affinity("JSON"), Affinity::Numeric);
}

}  // namespace
}  // namespace cupel::dialect::sqlite
