// SPDX-License-Identifier: MIT
// See value.hpp.
#include "cupel/base/value.hpp"

#include <charconv>

#include "cupel/base/error.hpp"

namespace cupel {

std::string as_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* real = std::get_if<double>(&value)) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, *real).ptr};
  }
  throw Bug(is_null(value) ? "NULL where text was expected" : "bytes where text was expected");
}

std::int64_t as_integer(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (const auto* text = std::get_if<std::string>(&value)) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size()) return number;
  }
  throw Bug("value is no integer");
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
    throw Bug("value is no number");
  }
  return static_cast<double>(as_integer(value));
}

}  // namespace cupel
