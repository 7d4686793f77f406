// SPDX-License-Identifier: MIT
// The mini-language of format specifications.
#pragma once

#include <string_view>

#include "python/state.hpp"

namespace cupel::python {

struct FormatSpec {
  std::string_view fill = " ";
  char align = 0;
  char sign = 0;
  bool alternate = false;
  bool zero = false;
  std::size_t width = 0;
  char group = 0;
  int precision = -1;
  char type = 0;
};

/// `type_name` is of the value, for messages; `default_type` what no type means for it.
FormatSpec parse_spec(Interpreter& in, std::string_view text, std::string_view type_name,
                      char default_type);
Text pad(std::string_view text, const FormatSpec& spec, char default_align);
/// `prefix` is sign and 0x; `digits` the whole part, which may get separators; `rest` all behind
/// it.
Text pad_number(std::string_view prefix, std::string_view digits, std::string_view rest,
                const FormatSpec& spec);
Text format_double_spec(Interpreter& in, double value, FormatSpec spec);

}  // namespace cupel::python
