// SPDX-License-Identifier: MIT
// What the header and the script parser share: lines with positions, directives, the part before
// the first section.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/script/sql_script.hpp"

namespace cupel::script {

inline constexpr std::size_t kNone = std::string_view::npos;  // "not found"

/// A text and its name, for errors.
struct Source {
  std::string_view text;
  const std::string& path;
  [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint = {}) const;
  /// Throws if the first `length` bytes are not UTF-8 or hold a NUL byte.
  void require_text(std::size_t length) const;
};

/// Walks over the lines of a text; the newline (and a \r before it) belongs to no line.
class Lines {
 public:
  Lines(std::string_view text, std::size_t offset) : text_(text), next_(offset) {}
  bool next();
  std::string_view line() const { return line_; }
  std::size_t offset() const { return offset_; }
  std::size_t next_offset() const { return next_; }

 private:
  std::string_view text_;
  std::size_t next_;
  std::size_t offset_ = 0;
  std::string_view line_;
};

/// One `-- cupel:` line, understood.
struct Directive {
  enum class Kind { Section, NoTransaction, Idempotent, Allow, Backfill };
  Kind kind = Kind::Section;
  Section section;  ///< direction, dialect and flags, for Kind::Section
  std::vector<Allow> allows;
  sql::Pace pace;
};

/// The text behind `-- cupel:`, or nullopt if the line is no directive.
std::optional<std::string_view> directive_text(std::string_view line);
/// Throws if the line is `-- cupel upgrade`.
void refuse_missing_colon(std::string_view line, std::size_t offset, const Source& source);
/// Understands it or throws; `offset` is where `text` stands in the source.
Directive parse_directive(std::string_view text, std::size_t offset, const Source& source);

/// True for what can be an id or a label in a header: not empty, no white space, control character
/// or comma; not "none".
bool is_header_name(std::string_view name);

/// What stands before the first section.
struct Preamble {
  Header header;
  bool has_keys = false;  ///< some key of the header was there
  bool no_transaction = false;
  bool idempotent = false;
  std::vector<Allow> allows;
  std::size_t end = 0;  ///< offset of the line that is no comment, or is the first section's
};
Preamble read_preamble(const Source& source);

}  // namespace cupel::script
