// SPDX-License-Identifier: MIT
#include "cupel/revision/target.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "revision/identifier.hpp"

namespace cupel::revision {
namespace {

constexpr std::string_view kForms =
    "a target is an id, head, heads, base, +1, -1, ab12-1, branch@head";
constexpr int kMaxSteps = 1'000'000'000;

// Whatever people typed, shown so that it does no harm to a terminal.
std::string shown_text(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  std::string result;
  for (const char c : text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      result += shown(c);
    } else {
      result += c;
    }
  }
  if (!text::is_utf8(result)) {
    std::string ascii;
    for (const char c : result)
      ascii += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : shown(c);
    result = std::move(ascii);
  }
  return text.size() > kLongest ? result + "..." : result;
}

[[noreturn]] void refuse(std::string_view text, std::string_view problem,
                         std::string_view hint = kForms) {
  throw UsageError(fmt::format("'{}' is no target: {}", shown_text(text), problem),
                   std::string(hint));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) { return c == '+' || c == '-'; }

void check_name(std::string_view name, std::string_view whole) {
  for (const char c : name) {
    if (is_sign(c)) refuse(whole, fmt::format("'{}' must be followed by a number, at the end", c));
    if (is_never_in_names(c)) refuse(whole, fmt::format("character {} is not allowed", shown(c)));
  }
  std::size_t bad = 0;
  if (!text::is_utf8(name, &bad))
    refuse(whole, fmt::format("byte {} is no UTF-8", shown(name[bad])));
}

int parse_steps(std::string_view steps, std::string_view whole) {
  long value = 0;
  for (const char c : steps.substr(1)) {
    value = value * 10 + (c - '0');
    if (value > kMaxSteps) refuse(whole, "the number of steps is too large");
  }
  if (value == 0) refuse(whole, "the number of steps must be at least 1");
  return static_cast<int>(steps[0] == '-' ? -value : value);
}

// Cuts `+12` or `-3` off the end; 0 if there is none.
int take_steps(std::string_view& rest, std::string_view whole) {
  std::size_t start = rest.size();
  while (start > 0 && is_digit(rest[start - 1])) --start;
  if (start == 0 || start == rest.size() || !is_sign(rest[start - 1])) return 0;
  const int steps = parse_steps(rest.substr(start - 1), whole);
  rest = rest.substr(0, start - 1);
  return steps;
}

std::string_view take_branch(std::string_view& rest, std::string_view whole) {
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) return {};
  const std::string_view branch = rest.substr(0, at);
  rest = rest.substr(at + 1);
  if (rest.find('@') != std::string_view::npos) refuse(whole, "it has more than one '@'");
  if (branch.empty()) refuse(whole, "the branch before '@' is missing");
  check_name(branch, whole);
  if (rest.empty())
    refuse(whole, "nothing follows '@'", fmt::format("{0}@head is the head of the branch", branch));
  return branch;
}

Target::Kind kind_of(std::string_view symbol) {
  if (symbol.empty()) return Target::Kind::Relative;
  if (symbol == "head") return Target::Kind::Head;
  if (symbol == "heads") return Target::Kind::Heads;
  if (symbol == "base") return Target::Kind::Base;
  if (symbol == "current") return Target::Kind::Current;
  return Target::Kind::Id;
}

std::optional<Target> parse_end(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return parse_target(text);
}

}  // namespace

bool is_range(std::string_view text) { return text.find(':') != std::string_view::npos; }

Target parse_target(std::string_view text) {
  if (text.empty()) throw UsageError("the target is empty", std::string(kForms));
  if (is_range(text)) {
    throw UsageError(fmt::format("a range such as '{}' is not allowed here", shown_text(text)),
                     std::string(kForms));
  }
  Target target;
  target.text = text;
  std::string_view rest = text;
  target.branch = take_branch(rest, text);
  target.steps = take_steps(rest, text);
  check_name(rest, text);
  target.kind = kind_of(rest);
  if (target.kind == Target::Kind::Id) target.symbol = rest;
  if (target.kind == Target::Kind::Base && target.steps < 0)
    refuse(text, "there is nothing before base");
  return target;
}

TargetRange parse_range(std::string_view text) {
  const auto colons = std::count(text.begin(), text.end(), ':');
  if (colons != 1) {
    throw UsageError(fmt::format("'{}' is no range: it has {} ':'", shown_text(text),
                                 colons == 0 ? "no" : "more than one"),
                     "a range is start:end, start: or :end");
  }
  const std::size_t colon = text.find(':');
  return {parse_end(text.substr(0, colon)), parse_end(text.substr(colon + 1)), std::string(text)};
}

}  // namespace cupel::revision
