// SPDX-License-Identifier: MIT
// A value that goes to or comes from a database: operations (bulk insert) and drivers both speak
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel {

using Blob = std::vector<std::byte>;

/// NULL, boolean, integer, floating point, text, bytes. Other types (numeric, timestamp, uuid,
/// json) travel as text.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Blob>;

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

/// Conversions that a caller who knows the column's type uses. They throw InputError for NULL or
/// an impossible conversion.
CUPEL_API std::string as_text(const Value& value);
CUPEL_API std::int64_t as_integer(const Value& value);
/// "t", "true", 1 and true are true.
CUPEL_API bool as_boolean(const Value& value);
CUPEL_API double as_double(const Value& value);

}  // namespace cupel
