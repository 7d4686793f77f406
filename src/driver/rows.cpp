// SPDX-License-Identifier: MIT
// See rows.hpp and value.hpp.
#include "cupel/driver/rows.hpp"

#include <algorithm>
#include <charconv>

#include "cupel/base/error.hpp"

namespace cupel::driver {

std::size_t Row::size() const { return rows_->columns.size(); }
const Value& Row::operator[](std::size_t column) const {
  if (column >= size() || index_ >= rows_->size()) throw Bug("row or column out of range");
  return rows_->values[index_ * size() + column];
}
const Value& Row::operator[](std::string_view column) const {
  const auto found = std::find(rows_->columns.begin(), rows_->columns.end(), column);
  if (found == rows_->columns.end()) throw Bug("no column '" + std::string(column) + "' in the result");
  return (*this)[static_cast<std::size_t>(found - rows_->columns.begin())];
}
std::optional<std::string> Row::optional_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

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
  if (const auto* text = std::get_if<std::string>(&value)) return *text == "t" || *text == "true" || *text == "1";
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

}  // namespace cupel::driver
