// SPDX-License-Identifier: MIT
// What a reader of a result is told who asks for what it does not have.
#include "cupel/driver/rows.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::driver {
namespace {

Rows people() {
  Rows rows;
  rows.columns = {"id", "name", "photo"};
  rows.values = {std::int64_t{1}, std::string("ann"),   Value(), std::int64_t{2},
                 Value(),         Blob(3, std::byte{7})};
  return rows;
}

template <typename Read>
std::string refusal_of(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what() + ("\n  hint: " + error.hint());
  }
  return "no error";
}

TEST(Rows, ColumnsAreFoundByNameAndPlace) {
  const Rows rows = people();
  EXPECT_EQ(as_text(rows[0]["name"]), "ann");
  EXPECT_EQ(rows[1].integer(0), 2);
  EXPECT_EQ(rows[1].optional_text(1), std::nullopt);
}

TEST(Rows, WhatIsNotThereIsNamedWithWhatIs) {
  const Rows rows = people();
  EXPECT_EQ(refusal_of([&] { rows[0]["nope"]; }),
            "the result has no column 'nope'\n  hint: it has 'id', 'name', 'photo'");
  EXPECT_EQ(refusal_of([&] { rows[0].text(9); }),
            "the result has no column 9, counted from 0\n"
            "  hint: it has 'id', 'name', 'photo'");
  EXPECT_EQ(
      refusal_of([&] { rows[2].text(0); }),
      "the result has no row 2, counted from 0\n  hint: it has 2; ask size() or empty() first");
}

TEST(Rows, AValueOfAnotherKindIsNoBugOfOurs) {
  const Rows rows = people();
  EXPECT_EQ(refusal_of([&] { rows[1].text(1); }),
            "a result has NULL where text is expected\n"
            "  hint: ask is_null() first, or write COALESCE in the query");
  EXPECT_EQ(refusal_of([&] { rows[0].integer(1); }),
            "a result has 'ann' where an integer is expected\n"
            "  hint: convert it in the query: CAST(... AS ...)");
  EXPECT_EQ(refusal_of([&] { rows[1].text(2); }),
            "a result has bytes where text is expected\n"
            "  hint: convert it in the query: CAST(... AS ...)");
  EXPECT_EQ(refusal_of([] { as_double(Value()); }),
            "a result has NULL where a number is expected\n"
            "  hint: ask is_null() first, or write COALESCE in the query");
}

}  // namespace
}  // namespace cupel::driver
