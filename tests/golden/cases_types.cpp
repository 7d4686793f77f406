// SPDX-License-Identifier: MIT
// Types and defaults in CREATE TABLE.
#include "golden/cases.hpp"

namespace cupel::golden {

std::vector<Case> type_cases() {
  return {
      {199,
       [](Operations& op) {
         op.create_table(
             "t", {Column("a", Integer()), Column("b", BigInteger()), Column("c", SmallInteger()),
                   Column("d", Numeric(10, 2)), Column("e", Float()), Column("e2", Float(53)),
                   Column("e3", Double()), Column("f", Boolean())});
       }},
      {200,
       [](Operations& op) {
         op.create_table("t", {Column("a", String(30)), Column("b", Text()),
                               Column("c", String(30)), Column("d", Text()), Column("e", Char(3)),
                               Column("f", LargeBinary()), Column("g", Binary(10))});
       }},
      {201, [](Operations& op) { op.create_table("t", {Column("a", String())}); }},
      {202,
       [](Operations& op) {
         op.create_table("t", {Column("a", DateTime()), Column("b", DateTime(kWithTimezone)),
                               Column("c", Date()), Column("d", Time()), Column("e", Interval()),
                               Column("f", Timestamp(kWithTimezone))});
       }},
      {203,
       [](Operations& op) {
         op.create_table("t", {Column("a", Json()), Column("b", Uuid())});
       }},
      {204,
       [](Operations& op) {
         op.create_table("t", {Column("a", Named("JSONB")), Column("b", Uuid()),
                               Column("c", Array(Integer())), Column("d", Named("HSTORE")),
                               Column("e", Named("INET")), Column("f", Named("TSRANGE")),
                               Column("g", LargeBinary()), Column("h", Named("TSVECTOR")),
                               Column("i", Interval()), Column("j", Named("BIT(3)")),
                               Column("k", Named("MONEY")), Column("l", Named("CITEXT"))});
       }},
      not_applicable(205, "types of MySQL's"),
      {206,
       [](Operations& op) {
         op.create_table("t", {Column("a", String(10, "C")),
                               Column("b", Integer().with_variant(BigInteger(), "postgresql"))});
       }},
      {207,
       [](Operations& op) {
         op.create_table("t", {Column("a", Integer()).server_default("1"),
                               Column("b", String(9)).server_default("x'y"),
                               Column("c", DateTime()).server_default(now()),
                               Column("d", Boolean()).server_default(true_value()),
                               Column("e", Integer()).server_default(text("(1+2)"))});
       }},
  };
}

}  // namespace cupel::golden
