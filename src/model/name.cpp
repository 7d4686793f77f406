// SPDX-License-Identifier: MIT
// See name.hpp.
#include "cupel/model/name.hpp"

#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::model {
namespace {

/// The dot-separated parts of `text`; a part in double quotes may hold dots, "" is a quote in it.
std::vector<std::string> dotted_parts(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      parts.back() += text[i++];
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  if (quoted) throw UsageError("the quote in '" + std::string(text) + "' is not closed");
  return parts;
}

std::string part_text(const std::string& part) {
  if (!part.empty() && part.find_first_of(".\"") == std::string::npos) return part;
  std::string quoted = "\"";
  for (const char c : part) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace

std::string to_string(const ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

ColumnName parse_column_name(std::string_view text) {
  std::vector<std::string> parts = dotted_parts(text);
  for (const std::string& part : parts) {
    if (part.empty() || parts.size() < 2) {
      throw UsageError("'" + std::string(text) + "' names no column of a table",
                       "write \"table.column\" or \"schema.table.column\"; a name that holds a dot "
                       "goes in double quotes");
    }
  }
  ColumnName result;
  result.column = std::move(parts.back());
  parts.pop_back();
  result.table.name = std::move(parts.back());
  parts.pop_back();
  for (std::string& part : parts) {
    if (!result.table.schema.empty()) result.table.schema += '.';
    result.table.schema += part;
  }
  return result;
}

std::string to_string(const ColumnName& name) {
  std::string text = part_text(name.table.name) + "." + part_text(name.column);
  return name.table.schema.empty() ? text : part_text(name.table.schema) + "." + text;
}

}  // namespace cupel::model
