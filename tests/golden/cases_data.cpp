// SPDX-License-Identifier: MIT
// SQL as written, rows, blocks outside transactions.
#include "golden/cases.hpp"

namespace cupel::golden {

std::vector<Case> data_cases() {
  return {
      {208, [](Operations& op) { op.execute("SELECT 'test'"); }},
      {209, [](Operations& op) { op.execute("SELECT 'test'"); }},
      {210, [](Operations& op) { op.execute("INSERT INTO t (foo) VALUES ('\\:colon_value')"); }},
      {211, [](Operations& op) { op.execute("INSERT INTO t (foo) VALUES (':colon')"); }},
      {212,
       [](Operations& op) {
         op.execute("DELETE FROM account WHERE account.name = :name",
                    {{"name", std::string("account 1")}});
       }},
      {213,
       [](Operations& op) {
         op.execute("UPDATE account SET name=:to WHERE account.name = :was",
                    {{"to", std::string("account 2")}, {"was", std::string("account 1")}});
       }},
      {214,
       [](Operations& op) {
         op.execute("UPDATE account SET name=:name WHERE account.id = :id",
                    {{"name", std::string("x")}, {"id", std::int64_t{1}}});
       }},
      {215,
       [](Operations& op) {
         op.execute("update table set foo=:bar", {{"bar", std::string("bat")}});
       }},
      {216,
       [](Operations& op) {
         op.bulk_insert("ins_table", {"id", "v1", "v2"},
                        {{std::int64_t{1}, std::string("row v1"), std::string("row v5")},
                         {std::int64_t{2}, std::string("row v2"), std::string("it's")}});
       }},
      {217,
       [](Operations& op) {
         op.bulk_insert("t", {"id", "data"}, {{std::int64_t{1}, std::string("2010-10-05")}});
       }},
      {218,
       [](Operations& op) {
         op.bulk_insert("t", {"d", "n", "b", "z"},
                        {{std::string("2010-10-05"), 1.5, true, std::monostate{}}});
       }},
      {219,
       [](Operations& op) {
         const Table t1 =
             op.create_table("ins_table", {Column("id", Integer()), Column("v1", String(9))});
         op.bulk_insert(t1.name, {"id", "v1"}, {{std::int64_t{1}, std::string("row v1")}});
       }},
      {220, [](Operations& op) { op.bulk_insert("t", {"id"}, {}); }},
      not_applicable(221, "in C++ rows that are no list do not compile"),
      {222,
       [](Operations& op) {
         op.bulk_insert("t", {"id"}, {{std::int64_t{5}, std::int64_t{6}}});
       }},
      {223,
       [](Operations& op) {
         op.autocommit_block([&] { op.execute("ALTER TYPE mood ADD VALUE 'soso'"); });
       }},
      {224,
       [](Operations& op) {
         op.create_enum("pgenum", {"one", "two"});
         Type type = Enum({"one", "two"}, "pgenum");
         type.create_type = false;
         op.create_table("t", {Column("d", type)});
         op.drop_enum("pgenum");
       }},
  };
}

}  // namespace cupel::golden
