// SPDX-License-Identifier: MIT
// Small text helpers that know no SQL.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel::text {

/// ASCII only; other bytes are left alone.
CUPEL_API std::string to_lower(std::string_view text);
CUPEL_API std::string to_upper(std::string_view text);
/// ASCII case-insensitive equality.
CUPEL_API bool equals_ignore_case(std::string_view a, std::string_view b);
CUPEL_API std::string_view trim(std::string_view text);
CUPEL_API std::string join(std::span<const std::string> parts, std::string_view separator);
/// Splits at every separator, keeps empty parts, trims nothing. "" gives one empty part.
CUPEL_API std::vector<std::string> split(std::string_view text, char separator);
/// Splits at commas, trims, drops empty parts: how lists are written in headers and settings.
CUPEL_API std::vector<std::string> split_list(std::string_view text);
CUPEL_API std::string replace_all(std::string text, std::string_view from, std::string_view to);
/// 'a', 'b', 'c'
CUPEL_API std::string quoted_list(std::span<const std::string> names);
/// A TOML string of this text, with its quotes.
CUPEL_API std::string toml_string(std::string_view text);
/// "500ms", "60s", "5m" or "5min"; a number alone is seconds. nullopt for anything else.
CUPEL_API std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
/// The candidate nearest to `word` by edit distance, or "" if none is near enough to be a likely
/// typo.
CUPEL_API std::string nearest(std::string_view word, std::span<const std::string> candidates);
/// Line and column (from 1) of a byte offset; columns count bytes of UTF-8 sequences as one.
CUPEL_API FilePosition position_at(std::string_view text, std::size_t offset,
                                   std::string file = {});
/// The whole line that holds `offset`, without its newline.
CUPEL_API std::string_view line_at(std::string_view text, std::size_t offset);
/// True if every byte sequence is valid UTF-8; otherwise `bad_offset` is the first wrong byte.
CUPEL_API bool is_utf8(std::string_view text, std::size_t* bad_offset = nullptr);
/// 128-bit checksum (XXH3) as 32 hex digits: notices edits, is no security.
CUPEL_API std::string checksum(std::string_view text);

}  // namespace cupel::text
