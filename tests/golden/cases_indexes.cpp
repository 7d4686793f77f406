// SPDX-License-Identifier: MIT
// Indexes.
#include "golden/cases.hpp"

namespace cupel::golden {
namespace {

IndexElement descending(std::string column) {
  IndexElement element(std::move(column));
  element.descending = true;
  return element;
}

IndexElement with_class(std::string column, std::string operator_class) {
  IndexElement element(std::move(column));
  element.operator_class = std::move(operator_class);
  return element;
}

IndexElement with_length(std::string column, int length) {
  IndexElement element(std::move(column));
  element.length = length;
  return element;
}

}  // namespace

std::vector<Case> index_cases() {
  return {
      {106,
       [](Operations& op) {
         op.create_index("ik_test", "t1", {"foo", "bar"});
       }},
      {107,
       [](Operations& op) {
         op.create_index("ik_test", "t1", {"foo", "bar"}, {.unique = true});
       }},
      {108,
       [](Operations& op) {
         op.create_index("ik_test", "t1", {"foo", "bar"}, {.if_not_exists = true});
       }},
      not_applicable(109, "names are quoted when they need it; nothing forces quotes"),
      {110,
       [](Operations& op) {
         op.create_index("ik_test", "t1", {"foo", "bar"}, {.schema = "foo"});
       }},
      {111, [](Operations& op) { op.create_index("geocoded", "locations", {"IShouldBeQuoted"}); }},
      {112,
       [](Operations& op) {
         op.create_index("geocoded", "locations", {expression("lower(coordinates)")});
       }},
      {113, [](Operations& op) { op.create_index("name", "tname", {expression("foo(x)")}); }},
      {114,
       [](Operations& op) {
         op.create_index("ix", "t", {expression("x + 1"), "y"});
       }},
      {115, [](Operations& op) { op.create_index("ix", "t", {expression("x DESC")}); }},
      {116, [](Operations& op) { op.create_index("ix", "t", {descending("x")}); }},
      {117,
       [](Operations& op) {
         op.create_index("geocoded", "locations", {expression("lower(coordinates)")},
                         {.where = "locations.coordinates != Null"});
       }},
      {118,
       [](Operations& op) {
         op.create_index("geocoded", "locations", {"coordinates"},
                         {.where = "locations.coordinates != Null"});
       }},
      {119,
       [](Operations& op) {
         op.create_index("geocoded", "locations", {"coordinates"},
                         {.where = "coordinates IS NOT NULL"});
       }},
      {120,
       [](Operations& op) {
         op.create_index("geocoded", "locations", {"coordinates"}, {.concurrently = true});
       }},
      {121,
       [](Operations& op) {
         op.create_index("i", "t", {"c1", "c2"}, {.include = {"inc"}});
       }},
      {122,
       [](Operations& op) {
         op.create_index("i", "t", {with_class("c1", "jsonb_path_ops")}, {.using_method = "gin"});
       }},
      {123,
       [](Operations& op) {
         op.create_index("i", "t", {"c1"}, {.unique = true, .nulls_not_distinct = true});
       }},
      {124,
       [](Operations& op) {
         op.create_index("i", "t", {"c1"}, {.with = {{"fillfactor", "50"}}, .tablespace = "ts"});
       }},
      {125,
       [](Operations& op) {
         op.create_index("i", "t", {with_length("c1", 10), "c2"});
       }},
      not_applicable(126, "a kind of index of MySQL's"),
      {127, [](Operations& op) { op.drop_index("ik_test"); }},
      {128, [](Operations& op) { op.drop_index("ik_test", {.table_name = "the_table"}); }},
      {129,
       [](Operations& op) {
         op.drop_index("ik_test", {.table_name = "the_table", .schema = "foo"});
       }},
      {130,
       [](Operations& op) { op.drop_index("ik_test", {.table_name = "t", .if_exists = true}); }},
      {131,
       [](Operations& op) {
         op.drop_index("geocoded", {.table_name = "locations", .concurrently = true});
       }},
  };
}

}  // namespace cupel::golden
