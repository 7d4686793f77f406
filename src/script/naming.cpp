// SPDX-License-Identifier: MIT
// Names for new revisions. See naming.hpp.
#include "cupel/script/naming.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <random>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::script {
namespace {

/// The code point at `at`, which moves behind it. A broken byte is itself.
char32_t take_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0xC2) return first;
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (at + more > text.size()) return first;
  char32_t code = static_cast<char32_t>(first & (0x3F >> more));
  for (std::size_t i = 0; i < more; ++i) code = (code << 6) | (byte(at + i) & 0x3F);
  at += more;
  return code;
}

void append_code_point(std::string& text, char32_t code) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// Letters, digits and '_' of any script; punctuation and symbols, also the wide ones, are none.
bool is_word_part(char32_t code) {
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') || code == '_';
  }
  if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA;
  constexpr std::array<std::pair<char32_t, char32_t>, 8> kNoLetters{{{0xD7, 0xD7},
                                                                     {0xF7, 0xF7},
                                                                     {0x2000, 0x206F},
                                                                     {0x20A0, 0x2BFF},
                                                                     {0x3000, 0x3004},
                                                                     {0x3008, 0x3020},
                                                                     {0xFE00, 0xFF0F},
                                                                     {0x1F000, 0x1FAFF}}};
  return std::none_of(kNoLetters.begin(), kNoLetters.end(), [&](const auto& range) {
    return code >= range.first && code <= range.second;
  });
}

/// Lower case for ASCII, Latin, Greek and Cyrillic; other scripts have none or are left alone.
char32_t lower(char32_t code) {
  if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7))
    return code + 32;
  const bool even_is_upper = (code >= 0x100 && code <= 0x137 && code != 0x130) ||
                             (code >= 0x14A && code <= 0x177) || (code >= 0x460 && code <= 0x481) ||
                             (code >= 0x48A && code <= 0x4BF);
  if (even_is_upper) return code | 1;
  if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E))
    return code + (code & 1);
  if ((code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F)) return code + 32;
  return code >= 0x400 && code <= 0x40F ? code + 80 : code;
}

struct CivilTime {
  int year, month, day, hour, minute, second;
  long long epoch;
};

CivilTime civil(TimePoint time) {
  using namespace std::chrono;
  const auto seconds_since = floor<seconds>(time);
  const auto day_since = floor<days>(seconds_since);
  const year_month_day date(day_since);
  const hh_mm_ss clock(seconds_since - day_since);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<long long>(seconds_since.time_since_epoch().count())};
}

using TokenValues = std::vector<std::pair<std::string, std::string>>;

TokenValues token_values(const FileNameValues& values) {
  const CivilTime t = civil(values.created);
  const std::string date = fmt::format("{:04}{:02}{:02}", t.year, t.month, t.day);
  const std::string clock = fmt::format("{:02}{:02}{:02}", t.hour, t.minute, t.second);
  return {{"date", date},
          {"datetime", date + "_" + clock},
          {"rev", values.revision},
          {"slug", slugify(values.message, values.slug_length)},
          {"epoch", fmt::format("{}", t.epoch)},
          {"year", fmt::format("{:04}", t.year)},
          {"month", fmt::format("{:02}", t.month)},
          {"day", fmt::format("{:02}", t.day)},
          {"hour", fmt::format("{:02}", t.hour)},
          {"minute", fmt::format("{:02}", t.minute)},
          {"second", fmt::format("{:02}", t.second)}};
}

[[noreturn]] void refuse_token(std::string_view name, const TokenValues& values) {
  std::vector<std::string> names;
  for (const auto& [token, value] : values) names.push_back(token);
  const std::string best = text::nearest(name, names);
  throw UsageError(fmt::format("unknown token '{{{}}}' in the file template", name),
                   best.empty() ? "there are: {" + text::join(names, "} {") + "}"
                                : fmt::format("did you mean '{{{}}}'?", best));
}

bool is_separator(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

}  // namespace

std::string slugify(std::string_view message, std::size_t max_length) {
  std::string slug;
  std::size_t length = 0;
  std::size_t last_whole = 0;  // bytes of the words that are complete
  bool gap = false;
  for (std::size_t at = 0; at < message.size();) {
    const char32_t code = take_code_point(message, at);
    if (!is_word_part(code)) {
      gap = !slug.empty();
      continue;
    }
    if (gap) last_whole = slug.size();
    const std::size_t needed = gap ? 2 : 1;
    if (length + needed > max_length) {
      if (last_whole != 0) slug.resize(last_whole);
      return slug;
    }
    if (std::exchange(gap, false)) slug += '_';
    append_code_point(slug, lower(code));
    length += needed;
  }
  return slug;
}

std::string file_name(std::string_view file_template, const FileNameValues& values) {
  const TokenValues tokens = token_values(values);
  std::string name;
  bool swallow = false;  // the separator behind an empty token goes with it
  for (std::size_t at = 0; at < file_template.size();) {
    const char c = file_template[at];
    const std::size_t close = c == '{' ? file_template.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      if (!swallow || !is_separator(c)) name += c;
      swallow = false;
      ++at;
      continue;
    }
    const std::string_view token = file_template.substr(at + 1, close - at - 1);
    const auto found =
        std::find_if(tokens.begin(), tokens.end(), [&](const auto& t) { return t.first == token; });
    if (found == tokens.end()) refuse_token(token, tokens);
    swallow = found->second.empty();
    name += found->second;
    at = close + 1;
  }
  while (!name.empty() && is_separator(name.back())) name.pop_back();
  return name.empty() || name.back() == '/' ? name + values.revision : name;
}

std::string unused_file_name(const std::string& name, const std::string& revision,
                             std::string_view extension, const std::vector<std::string>& existing) {
  std::string plain = name + std::string(extension);
  const auto same = [&](const std::string& other) {
    return text::equals_ignore_case(other, plain);
  };
  if (std::none_of(existing.begin(), existing.end(), same)) return plain;
  return name + "_" + revision + std::string(extension);
}

std::string new_revision_id(const RandomSource& random) {
  std::uint64_t bits = 0;
  if (random) {
    bits = (static_cast<std::uint64_t>(random()) << 32) | random();
  } else {
    std::random_device device;
    bits = (static_cast<std::uint64_t>(device()) << 32) | device();
  }
  return fmt::format("{:012x}", bits & 0xFFFFFFFFFFFF);
}

bool is_vague_message(std::string_view message) {
  static constexpr std::array<std::string_view, 31> kVague{
      "another_fix", "auto",     "bugfix",   "change", "changes",       "cleanup",
      "db_update",   "edit",     "fix",      "fixes",  "hotfix",        "migrate",
      "migration",   "minor",    "misc",     "more",   "new",           "new_migration",
      "patch",       "refactor", "revision", "schema", "schema_change", "stuff",
      "temp",        "test",     "tmp",      "todo",   "update",        "updates",
      "wip"};
  const std::string slug = slugify(message);
  if (slug.find('_') == std::string::npos && slug.size() < 4) return true;
  return std::find(kVague.begin(), kVague.end(), slug) != kVague.end();
}

}  // namespace cupel::script
