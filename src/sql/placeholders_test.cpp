// SPDX-License-Identifier: MIT
#include "cupel/sql/placeholders.hpp"

#include <gtest/gtest.h>

namespace cupel::sql {
namespace {

std::string replaced(std::string_view sql) {
  return replace_placeholders(sql, {.dollar_quotes = true},
                              [](std::string_view name) { return "<" + std::string(name) + ">"; });
}

TEST(Placeholders, Names) {
  EXPECT_EQ(replaced("SELECT :a, (:b), x = :c"), "SELECT <a>, (<b>), x = <c>");
  EXPECT_EQ(replaced("SELECT ':a', \":b\", $$:c$$ -- :d"), "SELECT ':a', \":b\", $$:c$$ -- :d");
  EXPECT_EQ(replaced("SELECT '1'::int, a::text, \\:b"), "SELECT '1'::int, a::text, :b");
}

TEST(Placeholders, ASliceIsNone) {
  EXPECT_EQ(replaced("SELECT a[1:n], a[x : y], a[f(1):n]"), "SELECT a[1:n], a[x : y], a[f(1):n]");
  EXPECT_EQ(replaced("SELECT a[:n], a[1: :n], ARRAY[:a, :b], a[x::int]"),
            "SELECT a[<n>], a[1: <n>], ARRAY[<a>, <b>], a[x::int]");
  EXPECT_EQ(replaced("SELECT a[1] , :n"), "SELECT a[1] , <n>");
}

}  // namespace
}  // namespace cupel::sql
