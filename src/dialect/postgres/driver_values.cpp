// SPDX-License-Identifier: MIT
// See driver_values.hpp.
#include "dialect/postgres/driver_values.hpp"

#include <charconv>
#include <cstddef>
#include <new>

namespace cupel::dialect::postgres {

using driver::Rows;

namespace {

template <typename Number>
Value number_from(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Blob bytes_from(const char* text) {
  std::size_t size = 0;
  unsigned char* bytes = lib().PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
  if (bytes == nullptr) throw std::bad_alloc();
  const auto* begin = reinterpret_cast<const std::byte*>(bytes);
  Blob blob(begin, begin + size);
  lib().PQfreemem(bytes);
  return blob;
}

/// The numbers are pg_type's, fixed for ever.
Value value_from(Oid type, const char* text, std::size_t size) {
  switch (type) {
    case 16:  // bool
      return text[0] == 't';
    case 17:  // bytea
      return bytes_from(text);
    case 20:  // int8, int2, int4, oid
    case 21:
    case 23:
    case 26:
      return number_from<std::int64_t>({text, size});
    case 700:  // float4, float8
    case 701:
      return number_from<double>({text, size});
    default:
      return std::string(text, size);
  }
}

bool changes_rows(std::string_view command) {
  return command.starts_with("INSERT") || command.starts_with("UPDATE") ||
         command.starts_with("DELETE") || command.starts_with("MERGE");
}

}  // namespace

Rows rows_from(PGresult* result) {
  Rows rows;
  const int columns = lib().PQnfields(result);
  const int count = lib().PQntuples(result);
  rows.values.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(count));
  for (int column = 0; column < columns; ++column) {
    rows.columns.emplace_back(lib().PQfname(result, column));
    rows.types.push_back(lib().PQftype(result, column));
  }
  for (int row = 0; row < count; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (lib().PQgetisnull(result, row, column) != 0) {
        rows.values.emplace_back();
      } else {
        rows.values.push_back(
            value_from(lib().PQftype(result, column), lib().PQgetvalue(result, row, column),
                       static_cast<std::size_t>(lib().PQgetlength(result, row, column))));
      }
    }
  }
  if (changes_rows(lib().PQcmdStatus(result))) {
    rows.affected = std::get<std::int64_t>(number_from<std::int64_t>(lib().PQcmdTuples(result)));
  }
  return rows;
}

}  // namespace cupel::dialect::postgres
