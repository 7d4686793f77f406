// SPDX-License-Identifier: MIT
// The result of one statement, materialised: catalog queries and data migrations both want it
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/value.hpp"

namespace cupel::driver {

class Rows;

/// One row; borrows from its Rows, which must outlive it.
class CUPEL_API Row {
 public:
  Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
  std::size_t size() const;
  /// By position (from 0). Throws InputError if out of range.
  const Value& operator[](std::size_t column) const;
  /// By column name, exact. Throws InputError, with the names that there are, if there is none.
  const Value& operator[](std::string_view column) const;
  std::string text(std::size_t column) const { return as_text((*this)[column]); }
  std::int64_t integer(std::size_t column) const { return as_integer((*this)[column]); }
  bool boolean(std::size_t column) const { return as_boolean((*this)[column]); }
  bool is_null(std::size_t column) const { return cupel::is_null((*this)[column]); }
  /// nullopt for NULL.
  std::optional<std::string> optional_text(std::size_t column) const;

 private:
  const Rows* rows_;
  std::size_t index_;
};

/// Columns and rows of one result. `affected` counts changed rows of a DML statement.
class CUPEL_API Rows {
 public:
  std::vector<std::string> columns;
  std::vector<Value> values;  ///< row after row
  /// What the database calls the columns' types, where it has numbers for them; else empty.
  std::vector<std::uint32_t> types;
  std::int64_t affected = 0;

  std::size_t size() const { return columns.empty() ? 0 : values.size() / columns.size(); }
  bool empty() const { return size() == 0; }
  Row operator[](std::size_t row) const { return {*this, row}; }

  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
    Row operator*() const { return {*rows_, index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Rows* rows_;
    std::size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }
};

}  // namespace cupel::driver
