// SPDX-License-Identifier: MIT
// Names for new revisions: ids, slugs, file names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/clock.hpp"
#include "cupel/base/error.hpp"

namespace cupel::script {

inline constexpr std::string_view kDefaultFileTemplate = "{date}_{slug}";
inline constexpr std::size_t kSlugLength = 40;

/// The message's words, lower-cased and joined by '_'; cut behind the last whole word that fits
/// into `max_length` characters. Letters of every script stay.
CUPEL_API std::string slugify(std::string_view message, std::size_t max_length = kSlugLength);

struct FileNameValues {
  std::string revision;
  std::string message;
  TimePoint created;  ///< taken apart in UTC
  std::size_t slug_length = kSlugLength;
};

/// The file's name, without extension. Tokens: {date} 20260204, {datetime} 20260204_101500, {rev},
/// {slug}, {epoch}, {year}, {month}, {day}, {hour}, {minute}, {second}. A '/' makes a
/// sub-directory. Without a message the separators around {slug} go too. Throws UsageError for an
/// unknown token.
CUPEL_API std::string file_name(std::string_view file_template, const FileNameValues& values);

/// `name` + `extension`, or `name`_`revision` + `extension` if the first is among `existing`.
CUPEL_API std::string unused_file_name(const std::string& name, const std::string& revision,
                                       std::string_view extension,
                                       const std::vector<std::string>& existing);

/// 32 random bits a call.
using RandomSource = std::function<std::uint32_t()>;

/// 12 hex digits. Without a source the system's randomness is used.
CUPEL_API std::string new_revision_id(const RandomSource& random = {});

/// True for "update", "fix", "wip", "changes" and their like, which nobody can tell apart in a
/// year.
CUPEL_API bool is_vague_message(std::string_view message);

}  // namespace cupel::script
