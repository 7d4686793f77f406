// SPDX-License-Identifier: MIT
// See cpp_names.hpp.
#include "script/cpp_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cupel::script::cpp {
namespace {

// Sorted.
constexpr auto kReserved = std::to_array<std::string_view>({
    "Array",
    "BigInteger",
    "Binary",
    "Blob",
    "Boolean",
    "Char",
    "CheckConstraint",
    "Column",
    "Computed",
    "ConstraintName",
    "Date",
    "DateTime",
    "Deferral",
    "Double",
    "EOF",
    "Enum",
    "EnumNames",
    "Error",
    "ExcludeConstraint",
    "ExcludeElement",
    "Expression",
    "Float",
    "ForeignKey",
    "Function",
    "Identity",
    "Index",
    "IndexElement",
    "Integer",
    "Interval",
    "Json",
    "LargeBinary",
    "NULL",
    "Named",
    "NullsOrder",
    "Numeric",
    "ObjectName",
    "PartitionOf",
    "PrimaryKey",
    "ReferenceOptions",
    "Schema",
    "Sequence",
    "SmallInteger",
    "String",
    "Table",
    "TableDefinition",
    "Text",
    "Time",
    "Timestamp",
    "Trigger",
    "Type",
    "UniqueConstraint",
    "Uuid",
    "Value",
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
});
static_assert(std::is_sorted(kReserved.begin(), kReserved.end()));

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Runs of letters and digits; what is between them is lost.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (is_letter(c) || is_digit(c))
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string Identifiers::plain(std::string_view name) {
  std::string result;
  for (const std::string& word : words_of(name)) result += (result.empty() ? "" : "_") + word;
  if (result.empty()) result = "unnamed";
  if (is_digit(result[0])) result.insert(0, "_");
  return unique(std::move(result), "_");
}

std::string Identifiers::type(std::string_view name) {
  std::string result;
  for (std::string word : words_of(name)) {
    if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    result += word;
  }
  if (result.empty()) result = "Unnamed";
  if (is_digit(result[0])) result.insert(0, "Table");
  return unique(std::move(result), "Row");
}

std::string Identifiers::unique(std::string name, std::string_view suffix) {
  if (std::binary_search(kReserved.begin(), kReserved.end(), name)) name += suffix;
  std::string result = name;
  const auto is_free = [&] {
    return (outer_ == nullptr || !outer_->taken_.contains(result)) && taken_.insert(result).second;
  };
  for (int i = 2; !is_free(); ++i) {
    const bool ends_in_digit = is_digit(name.back());
    result = name + (suffix == "_" || ends_in_digit ? "_" : "") + std::to_string(i);
  }
  return result;
}

}  // namespace cupel::script::cpp
