// SPDX-License-Identifier: MIT
#include "revision/identifier.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "cupel/revision/create.hpp"
#include "cupel/revision/errors.hpp"

namespace cupel::revision {

bool is_reserved_word(std::string_view name) {
  return name == "head" || name == "heads" || name == "base" || name == "current";
}

bool is_never_in_names(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F || c == '\'' || c == '"' || c == '`' || c == ',';
}

std::string shown(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte >= 0x7F) return fmt::format("\\x{:02X}", byte);
  return fmt::format("'{}'", c);
}

std::string identifier_problem(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (is_reserved_word(name)) return fmt::format("'{}' is a word of the target syntax", name);
  for (const char c : name) {
    const bool in_targets = c == '@' || c == '-' || c == '+' || c == ':';
    if (in_targets || is_never_in_names(c))
      return fmt::format("character {} is not allowed", shown(c));
  }
  std::size_t bad = 0;
  if (!text::is_utf8(name, &bad)) return fmt::format("byte {} is no UTF-8", shown(name[bad]));
  return {};
}

void validate_id(std::string_view id) {
  const std::string problem = identifier_problem(id);
  if (!problem.empty()) throw errors::illegal_name("revision identifier", id, problem);
}

void validate_label(std::string_view label) {
  const std::string problem = identifier_problem(label);
  if (!problem.empty()) throw errors::illegal_name("branch label", label, problem);
}

}  // namespace cupel::revision
