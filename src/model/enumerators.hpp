// SPDX-License-Identifier: MIT
// The names of enumerators, in their order: for JSON and for generated C++.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "cupel/model/column.hpp"
#include "cupel/model/index.hpp"

namespace cupel::model {

template <typename Word>
struct WordsOf;
template <>
struct WordsOf<TypeKind> {
  static constexpr auto kLast = TypeKind::Named;
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"Untyped",     "Boolean", "SmallInteger", "Integer",  "BigInteger", "Numeric",
       "Float",       "Double",  "String",       "Char",     "Text",       "Binary",
       "LargeBinary", "Date",    "Time",         "DateTime", "Timestamp",  "Interval",
       "Json",        "Uuid",    "Enum",         "Array",    "Named"});
};
template <>
struct WordsOf<ExpressionKind> {
  static constexpr auto kLast = ExpressionKind::Null;
  static constexpr auto kWords =
      std::to_array<std::string_view>({"Sql", "Literal", "True", "False", "Now", "Null"});
};
template <>
struct WordsOf<Autoincrement> {
  static constexpr auto kLast = Autoincrement::No;
  static constexpr auto kWords = std::to_array<std::string_view>({"Auto", "Yes", "No"});
};
template <>
struct WordsOf<NullsOrder> {
  static constexpr auto kLast = NullsOrder::Last;
  static constexpr auto kWords = std::to_array<std::string_view>({"Default", "First", "Last"});
};
template <typename Word>
constexpr std::span<const std::string_view> enumerators() {
  using Words = WordsOf<Word>;
  static_assert(Words::kWords.size() == static_cast<std::size_t>(Words::kLast) + 1);
  return Words::kWords;
}

}  // namespace cupel::model
