// SPDX-License-Identifier: MIT
// See value.hpp.
#include "cupel/base/value.hpp"

#include <charconv>

#include "cupel/base/error.hpp"

namespace cupel {
namespace {

std::string kind_of(const Value& value) {
  if (std::holds_alternative<Blob>(value)) return "bytes";
  return "'" + as_text(value) + "'";
}

/// Not our invariant: a revision may have read a column that it took for something else.
InputError unexpected(const Value& value, const std::string& wanted) {
  if (is_null(value)) {
    return {{},
            "a result has NULL where " + wanted + " is expected",
            "ask is_null() first, or write COALESCE in the query"};
  }
  return {{},
          "a result has " + kind_of(value) + " where " + wanted + " is expected",
          "convert it in the query: CAST(... AS ...)"};
}

}  // namespace

std::string as_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* real = std::get_if<double>(&value)) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, *real).ptr};
  }
  throw unexpected(value, "text");
}

std::int64_t as_integer(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (const auto* text = std::get_if<std::string>(&value)) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size()) return number;
  }
  throw unexpected(value, "an integer");
}

bool as_boolean(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value))
    return *text == "t" || *text == "true" || *text == "1";
  return as_integer(value) != 0;
}

double as_double(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) {
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size()) return number;
    throw unexpected(value, "a number");
  }
  if (is_null(value)) throw unexpected(value, "a number");
  return static_cast<double>(as_integer(value));
}

}  // namespace cupel
