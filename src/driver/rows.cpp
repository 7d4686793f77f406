// SPDX-License-Identifier: MIT
// See rows.hpp.
#include "cupel/driver/rows.hpp"

#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"

namespace cupel::driver {
namespace {

/// Whoever reads a result may be a revision: not our invariant, but its slip.
InputError no_column(const std::string& which, const Rows& rows) {
  return {{},
          "the result has no column " + which,
          rows.columns.empty() ? "the statement gives no rows"
                               : "it has " + text::quoted_list(rows.columns)};
}

}  // namespace

std::size_t Row::size() const { return rows_->columns.size(); }
const Value& Row::operator[](std::size_t column) const {
  if (column >= size()) throw no_column(std::to_string(column) + ", counted from 0", *rows_);
  if (index_ >= rows_->size()) {
    throw InputError({}, "the result has no row " + std::to_string(index_) + ", counted from 0",
                     "it has " + std::to_string(rows_->size()) + "; ask size() or empty() first");
  }
  return rows_->values[index_ * size() + column];
}
const Value& Row::operator[](std::string_view column) const {
  const auto found = std::find(rows_->columns.begin(), rows_->columns.end(), column);
  if (found == rows_->columns.end()) throw no_column("'" + std::string(column) + "'", *rows_);
  return (*this)[static_cast<std::size_t>(found - rows_->columns.begin())];
}
std::optional<std::string> Row::optional_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

}  // namespace cupel::driver
