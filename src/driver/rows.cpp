// SPDX-License-Identifier: MIT
// See rows.hpp.
#include "cupel/driver/rows.hpp"

#include <algorithm>

#include "cupel/base/error.hpp"

namespace cupel::driver {

std::size_t Row::size() const { return rows_->columns.size(); }
const Value& Row::operator[](std::size_t column) const {
  if (column >= size() || index_ >= rows_->size()) throw Bug("row or column out of range");
  return rows_->values[index_ * size() + column];
}
const Value& Row::operator[](std::string_view column) const {
  const auto found = std::find(rows_->columns.begin(), rows_->columns.end(), column);
  if (found == rows_->columns.end())
    throw Bug("no column '" + std::string(column) + "' in the result");
  return (*this)[static_cast<std::size_t>(found - rows_->columns.begin())];
}
std::optional<std::string> Row::optional_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

}  // namespace cupel::driver
