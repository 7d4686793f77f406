// SPDX-License-Identifier: MIT
// Values on their way to the server and back. For driver*.cpp only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/driver/rows.hpp"
#include "dialect/postgres/driver_library.hpp"

namespace cupel::dialect::postgres {

/// All of one result.
driver::Rows rows_from(PGresult* result);

/// Parameters as libpq's arrays want them. Texts are borrowed from the values, numbers are written
/// here.
class Parameters {
 public:
  explicit Parameters(std::span<const Value> values)
      : texts_(values.size()),
        pointers_(values.size()),
        lengths_(values.size()),
        formats_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i)
      std::visit([&](const auto& value) { set(i, value); }, values[i]);
  }
  int size() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void set(std::size_t i, std::monostate) { pointers_[i] = nullptr; }
  void set(std::size_t i, bool value) { pointers_[i] = value ? "t" : "f"; }
  void set(std::size_t i, std::int64_t value) { own(i, as_text(value)); }
  void set(std::size_t i, double value) { own(i, as_text(value)); }
  void set(std::size_t i, const std::string& value) {
    if (value.find('\0') != std::string::npos) {
      throw UsageError("parameter " + std::to_string(i + 1) +
                       " contains a NUL byte, which PostgreSQL cannot store in text");
    }
    pointers_[i] = value.c_str();
  }
  void set(std::size_t i, const Blob& value) {
    constexpr int kBinary = 1;
    pointers_[i] = value.empty() ? "" : reinterpret_cast<const char*>(value.data());
    lengths_[i] = static_cast<int>(value.size());
    formats_[i] = kBinary;
  }
  void own(std::size_t i, std::string text) {
    texts_[i] = std::move(text);
    pointers_[i] = texts_[i].c_str();
  }

  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

}  // namespace cupel::dialect::postgres
