// SPDX-License-Identifier: MIT
#include "cupel/model/json.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/model/define.hpp"
#include "model/filled_testing.hpp"

namespace cupel::model {
namespace {

std::string refused(const std::string& json) {
  try {
    from_json(json, "kept.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "read";
}

TEST(SchemaJson, EveryFieldComesBack) {
  const Schema schema = filled_schema();
  EXPECT_EQ(to_string(from_json(to_json(schema))), to_string(schema));
  EXPECT_TRUE(from_json(to_json(schema)) == schema);
  EXPECT_TRUE(from_json(to_json(schema, -1)) == schema);
}

TEST(SchemaJson, FieldsAtTheirDefaultsAreLeftOut) {
  EXPECT_EQ(to_json(Schema()), "{}");
  EXPECT_TRUE(from_json("{}") == Schema());
  Schema schema;
  schema.tables = {make_table(
      {"app", "users"},
      {ColumnDefinition("id", Integer()).primary_key(), ColumnDefinition("name", String(20)),
       ForeignKey{.columns = {"id"}, .referred_table = {"app", "people"}}})};
  EXPECT_EQ(to_json(schema, -1), R"({"tables":[{"schema":"app","name":"users","columns":[)"
                                 R"({"name":"id","type":{"kind":"Integer"},"nullable":false},)"
                                 R"({"name":"name","type":{"kind":"String","length":20}}],)"
                                 R"("primary_key":{"columns":["id"]},)"
                                 R"("constraints":[{"kind":"foreignkey","columns":["id"],)"
                                 R"("referred_table":{"schema":"app","name":"people"}}]}]})");
}

TEST(SchemaJson, TextsThatAreNotUtf8ComeBack) {
  Schema schema;
  schema.schemas = {"a\xFF\x00z", std::string("nul\0byte", 8), "\xC3"};
  EXPECT_EQ(to_json(schema, -1),
            R"({"schemas":[{"bytes":"61ff"},"nul\u0000byte",{"bytes":"c3"}]})");
  EXPECT_TRUE(from_json(to_json(schema)) == schema);
}

TEST(SchemaJson, WhatItHasNotWrittenIsRefused) {
  EXPECT_EQ(refused("{\"tables\": [\n  {]"), "kept.json:2:4: not JSON that cupel has written");
  EXPECT_EQ(refused(""), "kept.json:1:1: not JSON that cupel has written");
  EXPECT_EQ(refused("[]"), "kept.json: expected an object, got []");
  EXPECT_EQ(refused(R"({"table": []})"),
            "kept.json: unknown word 'table', expected perhaps 'tables'");
  EXPECT_EQ(refused(R"({"tables": [{"name": "a", "columns": [{"name": 1}]}]})"),
            "kept.json: tables[0].columns[0].name: expected a text, got 1");
  EXPECT_EQ(refused(R"({"tables": [{"columns": [{"type": {"kind": "Intger"}}]}]})"),
            "kept.json: tables[0].columns[0].type.kind: unknown word 'Intger', expected perhaps "
            "'Integer'");
  EXPECT_EQ(refused(R"({"tables": [{"columns": [{"type": {"length": 3000000000}}]}]})"),
            "kept.json: tables[0].columns[0].type.length: expected a whole number of 32 bits, got "
            "3000000000");
  EXPECT_EQ(refused(R"({"sequences": [{"start": 9223372036854775808}]})"),
            "kept.json: sequences[0].start: expected a whole number of 64 bits, got "
            "9223372036854775808");
  EXPECT_EQ(refused(R"({"tables": [{"constraints": [{"kind": "uniq"}]}]})").substr(0, 50),
            "kept.json: tables[0].constraints[0].kind: there is");
  EXPECT_EQ(refused(R"({"tables": [{"constraints": [{"kind": "unique", "colums": []}]}]})"),
            "kept.json: tables[0].constraints[0]: unknown word 'colums', expected perhaps "
            "'columns'");
  EXPECT_EQ(refused(R"({"schemas": [{"bytes": "fg"}]})"),
            "kept.json: schemas[0].bytes: expected hexadecimal digits, got \"fg\"");
  EXPECT_EQ(refused(R"({"tables": [{"strict": "yes"}]})"),
            "kept.json: tables[0].strict: expected true or false, got \"yes\"");
}

TEST(SchemaJson, NestedWithoutEndIsRefused) {
  std::string json = R"({"tables":[{"columns":[{"type":)";
  for (int i = 0; i < 100000; ++i) json += R"({"element":[)";
  for (int i = 0; i < 100000; ++i) json += "]}";
  json += "}]}]}";
  EXPECT_TRUE(refused(json).ends_with(": nested too deep")) << refused(json).substr(0, 200);
}

}  // namespace
}  // namespace cupel::model
